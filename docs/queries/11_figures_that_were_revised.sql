-- 问：哪些已公布的数后来改了？
-- Question: which published figures were changed later?
-- 陷阱：version 是同一年度报告的两版，later_report 是后来的报告改动以前年度；读不出不算改动。
-- Traps: version is two versions of one report, later_report a later report on an earlier year; a figure that cannot be read is no change.
SELECT kind, body_name, time_period AS year, indicator, earlier_value, later_value, difference
FROM mart.revision
WHERE earlier_value IS NOT NULL AND later_value IS NOT NULL
ORDER BY abs(difference) DESC, body_id, year, indicator, breakdown
