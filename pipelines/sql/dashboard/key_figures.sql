-- One row: the figures by which a build is compared with the one before.
WITH asked AS (
  SELECT rule, bool_or(verdict = 'broken') AS broken
  FROM quality.finding
  GROUP BY rule
),
covered AS (
  SELECT
    count(*) FILTER (state = 'not_published') AS not_published,
    count(*) FILTER (state = 'not_collected') AS not_collected,
    coalesce(sum(cells_filled), 0)::BIGINT AS cells_filled,
    coalesce(sum(cells_asked), 0)::BIGINT AS cells_asked,
    coalesce(sum(cells_unreadable), 0)::BIGINT AS cells_unreadable
  FROM mart.coverage
)
SELECT
  (SELECT count(*) FROM asked) AS rules_asked,
  (SELECT count(*) FROM asked WHERE NOT broken) AS rules_passed,
  (SELECT count(*) FROM quality.finding) AS answers,
  (SELECT count(*) FROM quality.finding WHERE verdict = 'holds') AS answers_hold,
  (SELECT count(*) FROM quality.finding WHERE verdict = 'cannot_tell') AS answers_open,
  (SELECT count(*) FROM core.body) AS bodies,
  (SELECT count(*) FROM core.report WHERE is_current) AS reports,
  (SELECT min(report_year) FROM core.report) AS first_year,
  (SELECT max(report_year) FROM core.report) AS last_year,
  (SELECT count(*) FROM mart.conflict) AS conflicts,
  covered.*
FROM covered
