-- One row is a report of either warehouse with its body and the first name of its file, and which of the two hold it.
WITH either AS (
  SELECT
    coalesce(new_report.report_id, old_report.report_id) AS report_id,
    old_report.report_id IS NOT NULL AS in_old,
    new_report.report_id IS NOT NULL AS in_new,
    if(in_new, new_report.body_id, old_report.body_id) AS body_id,
    if(in_new, new_report.body_name, old_report.body_name) AS printed_body,
    if(in_new, new_report.body, old_report.body) AS full_body,
    if(in_new, new_report.report_year, old_report.report_year) AS report_year
  FROM old.core.report AS old_report
  FULL JOIN new.core.report AS new_report ON new_report.report_id = old_report.report_id
),
old_name AS (SELECT report_id, min(path) AS path FROM old.core.file GROUP BY report_id),
new_name AS (SELECT report_id, min(path) AS path FROM new.core.file GROUP BY report_id)
SELECT
  either.* EXCLUDE (printed_body, full_body),
  coalesce(nullif(full_body, ''), printed_body) AS body,
  coalesce(new_name.path, old_name.path) AS path
FROM either
LEFT JOIN old_name ON old_name.report_id = either.report_id
LEFT JOIN new_name ON new_name.report_id = either.report_id
