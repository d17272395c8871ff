-- One row is a body in a year: its state, its form and how complete it is.
SELECT
  coverage.body_id, coverage.time_period, coverage.report_id, coverage.form, coverage.expected_form,
  coverage.published_at, coverage.due, coverage.days_late, coverage.cells_asked, coverage.cells_filled,
  coverage.cells_unreadable,
  CASE WHEN state = 'read' AND cells_asked IS NULL THEN 'no_table' ELSE state END AS state
FROM mart.coverage AS coverage
ORDER BY coverage.body_id, coverage.time_period
