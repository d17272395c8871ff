-- One row is a report that came after the day by which it was due, the latest first.
SELECT body_id, body.name AS body_name, time_period, report_id, published_at::DATE AS published_on, due, days_late
FROM mart.coverage
JOIN core.body AS body USING (body_id)
WHERE days_late > 0
ORDER BY days_late DESC, time_period DESC, body_id
LIMIT 50
