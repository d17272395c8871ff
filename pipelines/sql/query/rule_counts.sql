-- One row is a rule that was asked in a build: how it answered, and how many reports break it.
SELECT
  rule,
  any_value(severity) AS severity,
  count(*) FILTER (verdict = 'holds') AS holds,
  count(*) FILTER (verdict = 'broken') AS broken,
  count(*) FILTER (verdict = 'cannot_tell') AS cannot_tell,
  count(DISTINCT report_id) FILTER (verdict = 'broken') AS reports
FROM quality.finding
GROUP BY rule
ORDER BY rule
