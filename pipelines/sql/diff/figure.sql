-- One row is a figure of a report that both warehouses hold, the same bytes, which is read otherwise.
WITH beside AS (
  SELECT
    report_id,
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
    old_figure.printed AS old_printed,
    new_figure.printed AS new_printed,
    old_figure.locator AS old_locator,
    new_figure.locator AS new_locator
  FROM old.core.observation AS old_figure
  FULL JOIN new.core.observation AS new_figure
    USING (report_id, time_period, indicator, breakdown, source, occurrence)
  WHERE (old_value, old_unit, old_status, old_bound) IS DISTINCT FROM (new_value, new_unit, new_status, new_bound)
),
told AS (
  SELECT
    change(old_held, new_held, old_value, new_value, old_unit, new_unit, old_status, new_status) AS kind,
    surprise(old_value, new_value, old_unit, new_unit, weight_of_cell(indicator, breakdown)) AS score,
    relative_percent(old_value, new_value) AS relative_percent,
    known.body_id,
    known.body,
    known.report_year,
    known.path,
    beside.* EXCLUDE (old_held, new_held)
  FROM beside
  JOIN diff.known_report AS known ON known.report_id = beside.report_id AND known.in_old AND known.in_new
)
SELECT
  row_number() OVER (
    ORDER BY
      list_position(['value', 'unit', 'gone', 'unreadable', 'lost', 'came', 'readable', 'found', 'basis'], kind),
      score DESC, body_id, report_id, time_period DESC, indicator, breakdown, source, occurrence
  ) AS rank,
  *
FROM told
