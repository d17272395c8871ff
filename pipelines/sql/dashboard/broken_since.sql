-- One row is a check that the last build breaks: the build since which it is broken without a pause, and whether builds
-- before that one say nothing of it. A rule that has no answer in a build that keeps the answers of rules is not broken.
WITH answer AS (
  SELECT 'expectation' AS kind, suite || '.' || expectation AS id, run_id, verdict = 'broken' AS broken
  FROM quality.expectation
  UNION ALL
  SELECT 'rule', known.rule, answered.run_id, coalesce(rule_run.broken, 0) > 0
  FROM (SELECT DISTINCT run_id FROM quality.rule_run) AS answered
  CROSS JOIN (SELECT DISTINCT rule FROM quality.rule_run WHERE broken > 0) AS known
  LEFT JOIN quality.rule_run AS rule_run ON rule_run.run_id = answered.run_id AND rule_run.rule = known.rule
),
spoken AS (
  SELECT kind, id, min(run_id) AS first_run, max(run_id) FILTER (NOT broken) AS last_met, max(run_id) AS last_run
  FROM answer
  GROUP BY kind, id
),
begun AS (
  SELECT kind, id, any_value(first_run) AS first_run, any_value(last_run) AS last_run, min(run_id) AS run_id
  FROM answer
  JOIN spoken USING (kind, id)
  WHERE broken AND (last_met IS NULL OR run_id > last_met)
  GROUP BY kind, id
)
SELECT
  kind,
  id,
  begun.run_id,
  run.finished_at,
  begun.run_id = first_run AND begun.run_id > (SELECT min(run_id) FROM quality.run) AS at_latest
FROM begun
JOIN quality.run AS run ON run.run_id = begun.run_id
WHERE last_run = (SELECT max(run_id) FROM quality.run)
ORDER BY kind, id
