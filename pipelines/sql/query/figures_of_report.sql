-- One row is one figure, or one blank cell, of a report.
FROM core.observation
WHERE report_id = $report_id
ORDER BY source, time_period, indicator, breakdown, occurrence
