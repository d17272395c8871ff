-- 问：哪些表式的哪些表读不出最多？
-- Question: where are most cells that cannot be read?
-- 陷阱：blank 是印着空白，unreadable 是印了而读不出；只数现行版本。
-- Traps: blank is a cell that is printed empty, unreadable one that is printed and cannot be read; current versions only.
SELECT
  form,
  "table",
  count(*) FILTER (status = 'unreadable') AS unreadable,
  count(*) FILTER (status = 'blank') AS blank,
  count(*) AS cells,
  round(100 * unreadable / count(*), 2) AS unreadable_percent
FROM core.observation
JOIN core.report USING (report_id)
WHERE is_current AND source = 'table'
GROUP BY ALL
ORDER BY unreadable DESC, form, "table"
