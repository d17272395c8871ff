-- 问：行政复议与行政诉讼的纠正率是多少？
-- Question: how often do reviews and lawsuits correct the body?
-- 陷阱：分母是已结案件，尚未审结的不算；不同层级的政府不得相加（上级含下级）；件数很少时比率没有意义，所以件数同列。
-- Traps: the denominator is concluded cases, pending ones stand apart; levels are never added; a rate of few cases says
-- nothing, so the cases stand beside it.
SELECT
  cases.time_period AS year,
  cases.channel,
  body.level,
  sum(cases.corrected)::BIGINT AS corrected,
  sum(cases.concluded)::BIGINT AS concluded,
  round(100 * sum(cases.corrected) / nullif(sum(cases.concluded), 0), 1) AS correction_percent
FROM mart.cases AS cases
JOIN core.body AS body USING (body_id)
WHERE cases.concluded IS NOT NULL AND body.kind = 'government'
GROUP BY ALL
ORDER BY year, channel, level
