-- One row is a figure whose growth over the year before differs.
WITH beside AS (
  SELECT
    body_id,
    coalesce(new_year.body_name, old_year.body_name) AS body,
    indicator,
    breakdown,
    source,
    time_period,
    old_year.body_id IS NOT NULL AS old_held,
    new_year.body_id IS NOT NULL AS new_held,
    old_year.growth_percent AS old_growth_percent,
    new_year.growth_percent AS new_growth_percent,
    old_year.value AS old_value,
    new_year.value AS new_value,
    old_year.previous_value AS old_previous_value,
    new_year.previous_value AS new_previous_value,
    old_year.reason AS old_reason,
    new_year.reason AS new_reason
  FROM old.mart.yoy AS old_year
  FULL JOIN new.mart.yoy AS new_year USING (body_id, indicator, breakdown, source, time_period)
  WHERE old_growth_percent IS DISTINCT FROM new_growth_percent
),
told AS (
  SELECT
    change(old_held, new_held, old_growth_percent, new_growth_percent, '', '', '', '') AS kind,
    surprise(
      old_growth_percent, new_growth_percent, '', '', weight_of_cell(indicator, breakdown)
    ) AS score,
    * EXCLUDE (old_held, new_held)
  FROM beside
)
SELECT
  row_number() OVER (
    ORDER BY score DESC, body_id, indicator, breakdown, source, time_period DESC
  ) AS rank,
  *
FROM told
