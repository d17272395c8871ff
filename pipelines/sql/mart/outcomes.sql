-- One row is how many requests of one kind of applicant ended in one way, with its share of all that were concluded.
WITH cell AS (
  SELECT observation.*, report.body
  FROM core.observation
  JOIN core.report AS report USING (report_id)
  WHERE report.is_current
    AND source = 'table'
    AND occurrence = 1
    AND observation.time_period = observation.report_year
    AND regexp_matches(indicator, '^(results|replies_2014)\.')
),
whole AS (
  SELECT report_id, form, breakdown, value
  FROM cell
  WHERE indicator IN ('results.total', 'replies_2014.total')
)
SELECT
  cell.body_id,
  cell.body AS body_name,
  cell.time_period,
  cell.form,
  cell.breakdown AS applicant,
  cell.indicator AS outcome,
  indicator.zh AS outcome_zh,
  split_part(cell.indicator, '.', 2) AS outcome_group,
  cell.value,
  cell.status,
  whole.value AS concluded,
  round(100 * cell.value / nullif(whole.value, 0), 2) AS share_percent,
  cell.report_id,
  cell.locator
FROM cell
JOIN core.indicator AS indicator ON indicator.indicator = cell.indicator
LEFT JOIN whole
  ON whole.report_id = cell.report_id AND whole.form = cell.form AND whole.breakdown = cell.breakdown
WHERE cell.indicator NOT IN ('results.total', 'replies_2014.total')
