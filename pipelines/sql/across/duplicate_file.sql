-- One row is a content that is stored under several names; the first name counts.
SELECT
  report.report_id,
  report.body_id,
  report.report_year,
  min(file.path) AS expected,
  string_agg(file.path, ', ' ORDER BY file.path) AS found
FROM core.file AS file
JOIN core.report AS report USING (report_id)
GROUP BY ALL
HAVING count(*) > 1
