-- 问：哪些数在同一年有两种说法？
-- Question: for which figures do two places say two things?
-- 陷阱：两处都照印保存，哪个对不由程序决定；差得多的可能是单位或口径不同。
-- Traps: both are stored as printed and none is chosen; a large difference may be one of unit or scope.
SELECT body_name, time_period AS year, indicator_zh, left_source, left_value, right_source, right_value, difference
FROM mart.conflict
ORDER BY abs(difference) DESC, body_id, year, indicator
