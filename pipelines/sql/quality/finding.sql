-- One row is the answer of one rule at one place of one report; a report that its neighbours settled was asked again.
WITH asked AS (
  FROM given_finding
  ANTI JOIN core.settlement USING (report_id)
  UNION ALL BY NAME
  FROM settled_finding
)
SELECT finding.* REPLACE (coalesce(decided.body_id, finding.body_id) AS body_id)
FROM asked AS finding
LEFT JOIN (SELECT report_id, body_id FROM core.report WHERE body_evidence = 'decision') AS decided USING (report_id)
WHERE decided.report_id IS NULL OR finding.rule <> 'body-unresolved'
UNION ALL BY NAME
SELECT * FROM found_finding
