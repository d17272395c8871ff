-- 问：2011—2025 年每个机关新收多少申请，哪些年份可以相比？
-- Question: how many requests did each body receive from 2011 to 2025, and which years compare?
-- 陷阱：segment 不同的点不得相接；partial 只看方向；part_year 不满一年；缺的年份不要补。
-- Traps: points of two segments are never joined; read no more than the direction from partial; part_year covers less than a
-- year; missing years are not to be filled.
SELECT body_name, segment, time_period AS year, value AS new_requests, comparability, form, part_year
FROM mart.series
WHERE concept = 'new_requests' AND time_period BETWEEN 2011 AND 2025
ORDER BY body_id, segment, year
