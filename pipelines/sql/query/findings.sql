-- One row is one answer that is not "holds", worst first, with the first name of its file.
SELECT
  finding.*,
  (SELECT min(file.path) FROM core.file AS file WHERE file.report_id = finding.report_id) AS path
FROM quality.finding AS finding
WHERE finding.verdict <> 'holds' OR $everything
ORDER BY
  CASE finding.verdict WHEN 'broken' THEN 1 WHEN 'cannot_tell' THEN 2 ELSE 3 END,
  CASE finding.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
  path, finding.rule, finding.finding_id
