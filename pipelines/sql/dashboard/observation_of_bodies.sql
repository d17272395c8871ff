-- One row is a figure of a report of one of some bodies.
FROM core.observation
WHERE body_id IN (SELECT unnest($bodies::VARCHAR[]))
ORDER BY report_id, list_position(['table', 'series', 'narrative'], source), form, "table", indicator, breakdown,
  time_period, occurrence
