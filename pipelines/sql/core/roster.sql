-- One row is one line of a publication roster (编制公布情况统计表).
SELECT roster.* REPLACE (coalesce(decided.body_id, roster.body_id) AS body_id)
FROM given_roster AS roster
LEFT JOIN (SELECT report_id, body_id FROM core.report WHERE body_evidence = 'decision') AS decided USING (report_id)
