-- One row is a figure that a later version or a later report prints differently, the largest difference first.
FROM mart.revision
ORDER BY abs(difference) / nullif(abs(earlier_value) + abs(later_value), 0) DESC NULLS LAST, body_id, time_period,
  indicator, breakdown, source, occurrence, earlier_report_id, later_report_id
LIMIT 500
