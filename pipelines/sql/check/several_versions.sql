-- One row is a version of a report that is not the current one of its body and year.
SELECT
  report.report_id,
  report.body_id,
  report.report_year,
  current.report_id AS expected,
  report.report_id AS found
FROM core.report AS report
JOIN core.report AS current USING (body_id, report_year)
WHERE current.is_current AND NOT report.is_current
