-- One row is a figure for which two places say two things: two sources of one report, or two current reports.
-- A rounded figure (3.9万余) conflicts only with values that it cannot mean.
WITH printed AS (
  SELECT
    observation.*,
    report.body_name,
    CASE source WHEN 'table' THEN 1 WHEN 'series' THEN 2 ELSE 3 END AS rank,
    value + precision * CASE bound
      WHEN 'about' THEN -1 WHEN 'at_most' THEN -1
      WHEN 'exact' THEN CASE WHEN precision > 1 THEN -0.5 ELSE 0 END ELSE 0 END AS low,
    value + precision * CASE bound
      WHEN 'about' THEN 1 WHEN 'and_more' THEN 1 WHEN 'at_least' THEN 10
      WHEN 'exact' THEN CASE WHEN precision > 1 THEN 0.5 ELSE 0 END ELSE 0 END AS high
  FROM core.observation
  JOIN core.report USING (report_id, body_id, report_year)
  WHERE report.is_current
    AND observation.status IN ('reported', 'stated_zero', 'split')
    AND NOT starts_with(observation.indicator, 'text.')
)
SELECT
  a.body_id,
  a.body_name,
  a.time_period,
  a.indicator,
  indicator.zh AS indicator_zh,
  a.breakdown,
  a.unit,
  a.source AS left_source,
  a.value AS left_value,
  a.report_id AS left_report_id,
  a.locator AS left_locator,
  a.occurrence AS left_occurrence,
  b.source AS right_source,
  b.value AS right_value,
  b.report_id AS right_report_id,
  b.locator AS right_locator,
  b.occurrence AS right_occurrence,
  b.value - a.value AS difference
FROM printed AS a
JOIN printed AS b
  ON a.body_id = b.body_id
 AND a.time_period = b.time_period
 AND a.indicator = b.indicator
 AND a.breakdown = b.breakdown
 AND a.unit = b.unit
 AND (a.rank, a.report_year, a.report_id) < (b.rank, b.report_year, b.report_id)
 AND (a.source <> b.source OR a.report_id <> b.report_id)
JOIN core.indicator AS indicator ON indicator.indicator = a.indicator
WHERE NOT (b.value BETWEEN a.low AND a.high OR a.value BETWEEN b.low AND b.high)
