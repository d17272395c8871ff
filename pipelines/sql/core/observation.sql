-- One row is one figure, or one blank cell, in one version of one report.
SELECT observation.* REPLACE (coalesce(decided.body_id, observation.body_id) AS body_id)
FROM given_observation AS observation
LEFT JOIN (SELECT report_id, body_id FROM core.report WHERE body_evidence = 'decision') AS decided USING (report_id)
