-- One row is where a body stands among its peers: bodies of the same kind and level, in the country and in its
-- province, for one concept in one year. A percentile of 0 is the lowest, 100 the highest; alone there is none.
WITH value AS (
  SELECT series.*, body.kind, body.level, body.province
  FROM mart.series
  JOIN core.body AS body USING (body_id)
  WHERE series.value IS NOT NULL AND body.resolved AND series.exact
)
SELECT
  body_id,
  body_name,
  concept,
  concept_zh,
  time_period,
  form,
  kind,
  level,
  province,
  value,
  unit,
  count(*) OVER nation AS nation_count,
  if(count(*) OVER nation > 1, round(100 * percent_rank() OVER (nation ORDER BY value), 2), NULL) AS nation_percentile,
  median(value) OVER nation AS nation_median,
  count(*) OVER inside AS province_count,
  if(count(*) OVER inside > 1, round(100 * percent_rank() OVER (inside ORDER BY value), 2), NULL) AS province_percentile,
  median(value) OVER inside AS province_median
FROM value
WINDOW
  nation AS (PARTITION BY concept, form, unit, time_period, kind, level),
  inside AS (PARTITION BY concept, form, unit, time_period, kind, level, province)
