-- One row is a figure of at least a hundred that is more than ten times the year before, or less than a tenth of it.
SELECT
  body_id, body.name AS body_name, indicator, breakdown, source, time_period, previous_value,
  value, unit, report_id, reason
FROM mart.yoy
JOIN core.body AS body USING (body_id)
WHERE greatest(value, previous_value) >= 100
  AND least(value, previous_value) > 0
  AND greatest(value, previous_value) > 10 * least(value, previous_value)
ORDER BY greatest(value, previous_value) / least(value, previous_value) DESC, body_id, indicator, breakdown, source,
  time_period
LIMIT 200
