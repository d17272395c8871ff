-- One row is a figure of one of some bodies for which two places say two things.
FROM mart.conflict
WHERE body_id IN (SELECT unnest($bodies::VARCHAR[]))
ORDER BY body_id, indicator, breakdown, time_period, left_report_id, left_source, left_occurrence, right_report_id,
  right_source, right_occurrence
