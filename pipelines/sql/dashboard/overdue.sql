-- One row is a body that has no report for the year after its last one, though it was due on the day of the build.
SELECT body.body_id, body.name, deadline.report_year, deadline.due
FROM core.body AS body
JOIN core.deadline AS deadline ON deadline.kind = body.kind AND deadline.report_year = body.last_year + 1
LEFT JOIN (SELECT code, max(last_year) AS last_year FROM core.division GROUP BY code) AS division
  ON division.code = body.division
WHERE deadline.due < (SELECT finished_at::DATE FROM quality.run ORDER BY run_id DESC LIMIT 1)
  AND coalesce(division.last_year, 2099) >= deadline.report_year
ORDER BY deadline.due, body.body_id
