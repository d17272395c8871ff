-- 问：网站与微博各公开多少条？微博相当于网站的几成？
-- Question: how many items go out by website and by Weibo, and how do the two compare?
-- 陷阱：2019 年起的表式不再问渠道；每个机关只用一个出处，conflict 为真时他处另有不同的数。
-- Traps: forms since 2019 no longer ask for channels; each body keeps to one source, and where conflict is true another place
-- prints other figures.
SELECT
  body_name,
  time_period AS year,
  source,
  website,
  weibo,
  round(100 * weibo / nullif(website, 0), 1) AS weibo_percent_of_website,
  website_growth_percent,
  weibo_growth_percent,
  conflict
FROM mart.website_weibo
WHERE website IS NOT NULL OR weibo IS NOT NULL
ORDER BY body_id, year
