-- One row is a figure for which two places say two things, with what both print, the largest difference first.
SELECT
  conflict.* REPLACE (body.name AS body_name),
  l.printed AS left_printed,
  r.printed AS right_printed
FROM mart.conflict AS conflict
JOIN core.body AS body ON body.body_id = conflict.body_id
LEFT JOIN core.observation AS l
  ON l.report_id = left_report_id AND l.source = left_source AND l.time_period = conflict.time_period
 AND l.indicator = conflict.indicator AND l.breakdown = conflict.breakdown AND l.occurrence = left_occurrence
LEFT JOIN core.observation AS r
  ON r.report_id = right_report_id AND r.source = right_source AND r.time_period = conflict.time_period
 AND r.indicator = conflict.indicator AND r.breakdown = conflict.breakdown AND r.occurrence = right_occurrence
ORDER BY abs(difference) / nullif(abs(left_value) + abs(right_value), 0) DESC NULLS LAST, conflict.body_id,
  conflict.time_period, conflict.indicator, conflict.breakdown, left_report_id, left_source, left_occurrence,
  right_report_id, right_source, right_occurrence
LIMIT 500
