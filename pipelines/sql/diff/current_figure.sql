-- One row is a figure of a body's year that differs because another report became the current one.
WITH old_figure AS (
  FROM old.core.observation
  WHERE report_id IN (SELECT old_report_id FROM diff.version) AND NOT starts_with(indicator, 'text.')
),
new_figure AS (
  FROM new.core.observation
  WHERE report_id IN (SELECT new_report_id FROM diff.version) AND NOT starts_with(indicator, 'text.')
),
beside AS (
  SELECT
    body_id,
    report_year,
    time_period,
    indicator,
    breakdown,
    source,
    occurrence,
    old_figure.report_id IS NOT NULL AS old_held,
    new_figure.report_id IS NOT NULL AS new_held,
    old_figure.value AS old_value,
    new_figure.value AS new_value,
    old_figure.unit AS old_unit,
    new_figure.unit AS new_unit,
    old_figure.status AS old_status,
    new_figure.status AS new_status,
    old_figure.bound AS old_bound,
    new_figure.bound AS new_bound,
    old_figure.locator AS old_locator,
    new_figure.locator AS new_locator
  FROM old_figure
  FULL JOIN new_figure USING (body_id, report_year, time_period, indicator, breakdown, source, occurrence)
  WHERE (old_value, old_unit, old_status, old_bound) IS DISTINCT FROM (new_value, new_unit, new_status, new_bound)
),
told AS (
  SELECT
    change(old_held, new_held, old_value, new_value, old_unit, new_unit, old_status, new_status) AS kind,
    surprise(old_value, new_value, old_unit, new_unit, weight_of_cell(indicator, breakdown)) AS score,
    relative_percent(old_value, new_value) AS relative_percent,
    version.body,
    version.old_report_id,
    version.new_report_id,
    version.new_path AS path,
    beside.* EXCLUDE (old_held, new_held)
  FROM beside
  JOIN diff.version AS version ON version.body_id = beside.body_id AND version.report_year = beside.report_year
)
SELECT
  row_number() OVER (
    ORDER BY score DESC, body_id, report_year DESC, time_period DESC, indicator, breakdown, source, occurrence
  ) AS rank,
  *
FROM told
