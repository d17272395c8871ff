-- One row is a body whose series differ, with how many of their points do; the most surprising first.
WITH told AS (
  SELECT
    'changed' AS kind,
    body_id,
    min(body) AS body,
    sum(score) AS score,
    count(*) AS points,
    count(*) FILTER (kind = 'value') AS changed_values,
    count(*) FILTER (kind IN ('gone', 'lost')) AS gone_values,
    count(*) FILTER (kind IN ('came', 'found')) AS new_values,
    min(time_period) AS first_year,
    max(time_period) AS last_year
  FROM diff.series
  GROUP BY body_id
)
SELECT row_number() OVER (ORDER BY score DESC, points DESC, body_id) AS rank, *
FROM told
