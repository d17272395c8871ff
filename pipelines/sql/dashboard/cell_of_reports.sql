-- One row is a figure of a table in one of some reports.
FROM core.observation
WHERE report_id IN (SELECT unnest($reports::VARCHAR[])) AND source = 'table'
ORDER BY report_id, form, "table", indicator, breakdown, time_period, occurrence
