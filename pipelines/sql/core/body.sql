-- One row is one public body that has a report in the warehouse.
SELECT
  report.body_id,
  coalesce(any_value(given_body.name), arg_max(report.body_name, report.report_year)) AS name,
  coalesce(any_value(given_body.division), '') AS division,
  bool_or(given_body.body_id IS NOT NULL) AS resolved,
  list_sort(list(DISTINCT report.body_name)) AS names_printed,
  min(report.report_year) AS first_year,
  max(report.report_year) AS last_year
FROM core.report
LEFT JOIN given_body USING (body_id)
GROUP BY report.body_id
