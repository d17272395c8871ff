-- One row is a rule whose answers are counted otherwise.
WITH answered AS (
  SELECT false AS of_new, rule, severity, verdict FROM old.quality.finding
  UNION ALL
  SELECT true AS of_new, rule, severity, verdict FROM new.quality.finding
),
counted AS (
  SELECT
    rule,
    min(severity) AS severity,
    count(*) FILTER (verdict = 'broken' AND NOT of_new) AS old_broken,
    count(*) FILTER (verdict = 'broken' AND of_new) AS new_broken,
    count(*) FILTER (verdict = 'cannot_tell' AND NOT of_new) AS old_cannot_tell,
    count(*) FILTER (verdict = 'cannot_tell' AND of_new) AS new_cannot_tell,
    count(*) FILTER (verdict = 'holds' AND NOT of_new) AS old_holds,
    count(*) FILTER (verdict = 'holds' AND of_new) AS new_holds
  FROM answered
  GROUP BY rule
),
told AS (
  SELECT
    CASE WHEN new_broken > old_broken THEN 'more' WHEN new_broken < old_broken THEN 'fewer' ELSE 'other' END AS kind,
    *
  FROM counted
  WHERE (old_broken, old_cannot_tell, old_holds) IS DISTINCT FROM (new_broken, new_cannot_tell, new_holds)
)
SELECT
  row_number() OVER (
    ORDER BY
      list_position(['error', 'warning', 'info'], severity),
      list_position(['more', 'fewer', 'other'], kind),
      abs(new_broken - old_broken) DESC, abs(new_cannot_tell - old_cannot_tell) DESC, rule
  ) AS rank,
  *
FROM told
