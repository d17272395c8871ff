-- One row is the answer of one rule at one place of one report.
SELECT finding.* REPLACE (coalesce(decided.body_id, finding.body_id) AS body_id)
FROM given_finding AS finding
LEFT JOIN (SELECT report_id, body_id FROM core.report WHERE body_evidence = 'decision') AS decided USING (report_id)
WHERE decided.report_id IS NULL OR finding.rule <> 'body-unresolved'
UNION ALL BY NAME
SELECT * FROM found_finding
