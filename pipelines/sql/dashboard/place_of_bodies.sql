-- One row is the cell to which a point of a series across forms leads: the first of the figures that it is made of.
WITH figure AS (
  SELECT
    series.body_id, series.concept, series.time_period, series.value AS whole, crosswalk.rank, observation.indicator,
    observation.breakdown, observation.source, min(observation.occurrence) AS occurrence,
    any_value(observation.value) AS value
  FROM mart.series AS series
  JOIN core.crosswalk AS crosswalk
    ON crosswalk.concept = series.concept AND crosswalk.form = series.form AND crosswalk.source = series.source
  JOIN core.observation AS observation
    ON observation.report_id = series.report_id
   AND observation.time_period = series.time_period
   AND observation.indicator = crosswalk.indicator
   AND observation.breakdown = crosswalk.breakdown
   AND observation.source = crosswalk.source
  WHERE series.value IS NOT NULL AND series.body_id IN (SELECT unnest($bodies::VARCHAR[]))
  GROUP BY ALL
),
added AS (
  SELECT
    body_id, concept, time_period, whole, rank, sum(value) AS value,
    min((indicator, breakdown, source, occurrence)) AS cell
  FROM figure
  GROUP BY body_id, concept, time_period, whole, rank
)
SELECT body_id, concept, time_period, cell[1] AS indicator, cell[2] AS breakdown, cell[3] AS source,
  cell[4] AS occurrence
FROM added
WHERE value = whole
QUALIFY row_number() OVER (PARTITION BY body_id, concept, time_period ORDER BY rank) = 1
ORDER BY body_id, concept, time_period
