-- 问：谁迟于法定期限公布？迟几天？
-- Question: who publishes after the day on which the report is due, and how many days later?
-- 陷阱：days_late 为 NULL 是页面没有印发布时间，不是按期；发布时间可能是重新上网的时间。
-- Traps: a NULL in days_late means that no time is printed, not that it was in time; a page moved to a new site may print a later day.
SELECT time_period AS year, body_name, published_at::DATE AS published, due, days_late
FROM mart.coverage
WHERE days_late > 0
ORDER BY days_late DESC, body_id, time_period
