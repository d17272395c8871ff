-- One row is a version of a report of one of some bodies, with the names of its files.
SELECT
  report.*,
  coverage.due, coverage.days_late, coverage.cells_asked, coverage.cells_filled, coverage.cells_unreadable,
  coalesce(named.paths, []) AS paths
FROM core.report AS report
LEFT JOIN mart.coverage AS coverage
  ON coverage.body_id = report.body_id AND coverage.time_period = report.report_year AND report.is_current
LEFT JOIN (SELECT report_id, list_sort(list(path)) AS paths FROM core.file GROUP BY report_id) AS named
  ON named.report_id = report.report_id
WHERE report.body_id IN (SELECT unnest($bodies::VARCHAR[]))
ORDER BY report.body_id, report.report_year DESC, report.is_current DESC, report.report_id
