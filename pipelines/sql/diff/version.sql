-- One row is a body's year for which another report is the current one; both warehouses have one.
SELECT
  row_number() OVER (ORDER BY new_report.report_year DESC, new_report.body_id) AS rank,
  'replaced' AS kind,
  new_report.body_id,
  new_report.body,
  new_report.report_year,
  old_report.report_id AS old_report_id,
  new_report.report_id AS new_report_id,
  old_name.path AS old_path,
  new_name.path AS new_path,
  old_report.published_at AS old_published_at,
  new_report.published_at AS new_published_at,
  old_report.observations AS old_observations,
  new_report.observations AS new_observations
FROM old.core.report AS old_report
JOIN new.core.report AS new_report
  ON new_report.body_id = old_report.body_id
 AND new_report.report_year = old_report.report_year
 AND new_report.report_id <> old_report.report_id
JOIN diff.known_report AS old_name ON old_name.report_id = old_report.report_id
JOIN diff.known_report AS new_name ON new_name.report_id = new_report.report_id
WHERE old_report.is_current AND new_report.is_current
