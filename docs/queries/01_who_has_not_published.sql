-- 问：哪些机关哪一年没有公布年度报告？
-- Question: which bodies have no annual report, and for which year?
-- 陷阱：not_collected 是没有收集到，不等于没有公布；只有 not_published 是编制公布情况统计表写明的。
-- Traps: not_collected means that nobody fetched it; only not_published is what a roster says; not_read, which is left out here,
-- has a file that cannot be read.
SELECT body.province, body.name, coverage.time_period AS year, coverage.state, coverage.due
FROM mart.coverage AS coverage
JOIN core.body AS body USING (body_id)
WHERE coverage.state IN ('not_published', 'not_collected')
ORDER BY coverage.time_period DESC, coverage.state DESC, body.province, body.body_id
