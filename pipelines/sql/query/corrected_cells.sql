-- One row is a cell of the tables of a report that is known to be misprinted, with what is believed.
SELECT report_id, body_id, report_year, indicator, breakdown, believed
FROM core.correction
WHERE state = 'applies' AND source = 'table' AND occurrence = 1 AND time_period = report_year
ORDER BY report_id, indicator, breakdown
