-- One row is one figure beside the year before, within one series: one body, indicator, breakdown and source.
-- A year that several reports print is taken from the latest of them; prose that states a figure more than once in
-- different ways yields no point. Out of a figure that is known to be wrong no growth is computed (reason known_error):
-- that of what is believed stands beside it.
WITH candidate AS (
  SELECT observation.*, report.body_name, correction.state IS NOT NULL AS corrected, correction.believed
  FROM core.observation
  JOIN core.report USING (report_id, body_id, report_year)
  LEFT JOIN (FROM core.correction WHERE state = 'applies') AS correction
    USING (report_id, time_period, indicator, breakdown, source, occurrence)
  WHERE report.is_current
    AND observation.status <> 'not_applicable'
    AND NOT starts_with(observation.indicator, 'text.')
  QUALIFY dense_rank() OVER (
    PARTITION BY observation.body_id, observation.indicator, observation.breakdown, observation.source,
      observation.time_period
    ORDER BY observation.report_year DESC
  ) = 1
),
point AS (
  SELECT
    body_id, any_value(body_name) AS body_name, indicator, breakdown, source, time_period,
    first(value ORDER BY occurrence) AS value,
    bool_or(corrected) AS corrected,
    if(bool_or(corrected), min(candidate.believed), first(value ORDER BY occurrence)) AS believed,
    first(unit ORDER BY occurrence) AS unit,
    first(status ORDER BY occurrence) AS status,
    first(bound ORDER BY occurrence) AS bound,
    first(report_id ORDER BY occurrence) AS report_id,
    first(locator ORDER BY occurrence) AS locator
  FROM candidate
  GROUP BY body_id, indicator, breakdown, source, time_period
  HAVING count(DISTINCT (value, unit)) <= 1
),
beside AS (
  SELECT
    point.*,
    previous.value AS previous_value,
    previous.believed AS previous_believed,
    point.corrected OR coalesce(previous.corrected, false) AS known_error,
    previous.time_period IS NOT NULL AS has_previous,
    previous.bound AS previous_bound,
    previous.unit AS previous_unit,
    min(point.time_period) OVER (
      PARTITION BY point.body_id, point.indicator, point.breakdown, point.source
    ) AS first_year
  FROM point
  LEFT JOIN point AS previous
    ON previous.body_id = point.body_id
   AND previous.indicator = point.indicator
   AND previous.breakdown = point.breakdown
   AND previous.source = point.source
   AND previous.time_period = point.time_period - 1
),
reasoned AS (
  SELECT
    beside.*,
    CASE
      WHEN status = 'unreadable' THEN 'unreadable'
      WHEN value IS NULL THEN 'blank'
      WHEN time_period = first_year THEN 'first_year'
      WHEN NOT has_previous THEN 'gap'
      WHEN previous_value IS NULL THEN 'previous_blank'
      WHEN bound <> 'exact' OR previous_bound <> 'exact' THEN 'inexact'
      WHEN beside.unit <> previous_unit THEN 'unit'
      WHEN known_error THEN 'known_error'
      WHEN indicator.kind = 'signed_count' THEN 'signed'
      WHEN previous_value = 0 THEN 'previous_zero'
    END AS reason
  FROM beside
  JOIN core.indicator AS indicator USING (indicator)
)
SELECT
  reasoned.body_id,
  body_name,
  reasoned.indicator,
  indicator.zh AS indicator_zh,
  reasoned.breakdown,
  reasoned.source,
  reasoned.time_period,
  value,
  reasoned.unit,
  status,
  CASE WHEN has_previous THEN previous_value END AS previous_value,
  CASE WHEN reason IS NULL OR reason IN ('previous_zero', 'signed') THEN value - previous_value END AS change,
  CASE WHEN reason IS NULL THEN round(100 * (value - previous_value) / nullif(previous_value, 0), 2) END
    AS growth_percent,
  reason,
  believed,
  CASE WHEN has_previous THEN previous_believed END AS previous_believed,
  CASE WHEN reason IS NULL OR reason = 'known_error' THEN
    round(100 * (believed - previous_believed) / nullif(previous_believed, 0), 2)
  END AS believed_growth_percent,
  EXISTS (
    FROM mart.conflict AS conflict
    WHERE conflict.body_id = reasoned.body_id
      AND conflict.indicator = reasoned.indicator
      AND conflict.breakdown = reasoned.breakdown
      AND conflict.time_period = reasoned.time_period
  ) AS conflict,
  report_id,
  locator
FROM reasoned
JOIN core.indicator AS indicator ON indicator.indicator = reasoned.indicator
