-- One row is what became of the reviews and lawsuits about disclosure of a body in a year, by channel. The correction
-- rate is of concluded cases; pending ones stand apart.
WITH wide AS (
  SELECT
    observation.body_id,
    any_value(report.body) AS body_name,
    observation.time_period,
    form,
    split_part(indicator, '.', 2) AS channel,
    max(value) FILTER (breakdown = 'upheld') AS upheld,
    max(value) FILTER (breakdown = 'corrected') AS corrected,
    max(value) FILTER (breakdown = 'other') AS other,
    max(value) FILTER (breakdown = 'pending') AS pending,
    max(value) FILTER (breakdown = 'total') AS total
  FROM core.observation
  JOIN core.report AS report USING (report_id)
  WHERE report.is_current
    AND source = 'table'
    AND occurrence = 1
    AND observation.time_period = observation.report_year
    AND (starts_with(indicator, 'cases.') OR starts_with(indicator, 'cases_2014.'))
  GROUP BY ALL
)
SELECT
  *,
  upheld + corrected + other AS concluded,
  round(100 * corrected / nullif(upheld + corrected + other, 0), 2) AS correction_percent
FROM wide
