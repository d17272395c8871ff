-- One row is a rule that was asked: how often it holds, is broken, cannot be told, and since which report year.
WITH asked AS (
  SELECT
    rule,
    severity,
    count(*) FILTER (verdict = 'holds') AS holds,
    count(*) FILTER (verdict = 'broken') AS broken,
    count(*) FILTER (verdict = 'cannot_tell') AS cannot_tell,
    count(*) AS answers,
    min(report_year) FILTER (verdict = 'broken') AS since_year
  FROM quality.finding
  GROUP BY rule, severity
)
FROM asked
ORDER BY list_position(['error', 'warning', 'info'], severity), broken DESC, rule
