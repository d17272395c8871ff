-- One row is a body that has no report for the year after its last one, though the day by which it was due is past.
SELECT body.name, deadline.report_year, deadline.due
FROM core.body AS body
JOIN core.deadline AS deadline ON deadline.kind = body.kind AND deadline.report_year = body.last_year + 1
LEFT JOIN (SELECT code, max(last_year) AS last_year FROM core.division GROUP BY code) AS division
  ON division.code = body.division
WHERE deadline.due < $today
  AND coalesce(division.last_year, 2099) >= deadline.report_year
ORDER BY deadline.due, body.name
