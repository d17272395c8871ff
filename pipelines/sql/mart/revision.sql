-- One row is a figure that differs between two versions of a report, or between a report and a later one on that year.
WITH figure AS (
  SELECT
    observation.*, report.body, report.published_at, report.is_current,
    row_number() OVER (
      PARTITION BY report.body_id, report.report_year ORDER BY is_current, published_at NULLS FIRST, report_id
    ) AS version
  FROM core.observation
  JOIN core.report AS report USING (report_id)
  WHERE status NOT IN ('not_applicable') AND NOT starts_with(indicator, 'text.')
),
pair AS (
  SELECT 'version' AS kind, old, new
  FROM figure AS old
  JOIN figure AS new
    ON new.body_id = old.body_id
   AND new.report_year = old.report_year
   AND new.time_period = old.time_period
   AND new.indicator = old.indicator
   AND new.breakdown = old.breakdown
   AND new.source = old.source
   AND new.occurrence = old.occurrence
   AND new.is_current AND NOT old.is_current
  UNION ALL
  SELECT 'later_report', old, new
  FROM figure AS old
  JOIN figure AS new
    ON new.body_id = old.body_id
   AND new.report_year > old.report_year
   AND new.time_period = old.time_period
   AND new.indicator = old.indicator
   AND new.breakdown = old.breakdown
   AND new.source = old.source
   AND new.occurrence = old.occurrence
   AND new.is_current AND old.is_current
)
SELECT
  kind,
  old.body_id,
  new.body AS body_name,
  old.time_period,
  old.indicator,
  old.breakdown,
  old.source,
  old.occurrence,
  old.report_id AS earlier_report_id,
  new.report_id AS later_report_id,
  old.value AS earlier_value,
  new.value AS later_value,
  old.unit AS earlier_unit,
  new.unit AS later_unit,
  old.status AS earlier_status,
  new.status AS later_status,
  new.value - old.value AS difference,
  old.locator AS earlier_locator,
  new.locator AS later_locator
FROM pair
WHERE (old.value, old.unit) IS DISTINCT FROM (new.value, new.unit)
