-- One row is a broken answer, with its report and that of the year before; which of them are sums of a form, or laws
-- between two years, is told by the registry.
SELECT
  finding.*, report.body, report.forms,
  (
    SELECT min(before.report_id)
    FROM core.report AS before
    WHERE before.is_current AND before.body_id = finding.body_id AND before.report_year = finding.report_year - 1
  ) AS report_before,
  (SELECT min(file.path) FROM core.file AS file WHERE file.report_id = finding.report_id) AS path
FROM quality.finding AS finding
JOIN core.report AS report USING (report_id)
WHERE finding.verdict = 'broken'
ORDER BY list_position(['error', 'warning', 'info'], finding.severity), finding.rule, finding.report_year DESC,
  finding.body_id, finding.finding_id
LIMIT 2000
