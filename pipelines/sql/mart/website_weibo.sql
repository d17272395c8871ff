-- One row is a body's website and Weibo items in a year, with growth. A body's series comes from one source, the one
-- with the most years (table before annex before prose where they tie); what other sources print stands beside it.
WITH figure AS (
  FROM mart.yoy
  WHERE indicator IN ('disclosure.via_website', 'disclosure.via_weibo') AND breakdown = 'total'
),
chosen AS (
  SELECT body_id, source
  FROM figure
  WHERE value IS NOT NULL
  GROUP BY body_id, source
  QUALIFY row_number() OVER (
    PARTITION BY body_id
    ORDER BY
      count(DISTINCT time_period) DESC,
      CASE source WHEN 'table' THEN 1 WHEN 'series' THEN 2 ELSE 3 END
  ) = 1
),
wide AS (
  SELECT
    body_id,
    any_value(body_name) AS body_name,
    time_period,
    source,
    max(value) FILTER (indicator = 'disclosure.via_website') AS website,
    max(change) FILTER (indicator = 'disclosure.via_website') AS website_change,
    max(growth_percent) FILTER (indicator = 'disclosure.via_website') AS website_growth_percent,
    max(value) FILTER (indicator = 'disclosure.via_weibo') AS weibo,
    max(change) FILTER (indicator = 'disclosure.via_weibo') AS weibo_change,
    max(growth_percent) FILTER (indicator = 'disclosure.via_weibo') AS weibo_growth_percent,
    bool_or(conflict) AS conflict
  FROM figure
  SEMI JOIN chosen USING (body_id, source)
  GROUP BY body_id, time_period, source
),
elsewhere AS (
  SELECT
    body_id,
    time_period,
    string_agg(value::BIGINT || ' (' || source || ')', ', ' ORDER BY source DESC)
      FILTER (indicator = 'disclosure.via_website') AS website_elsewhere,
    string_agg(value::BIGINT || ' (' || source || ')', ', ' ORDER BY source DESC)
      FILTER (indicator = 'disclosure.via_weibo') AS weibo_elsewhere
  FROM figure
  ANTI JOIN chosen USING (body_id, source)
  WHERE value IS NOT NULL
  GROUP BY body_id, time_period
)
SELECT wide.*, website_elsewhere, weibo_elsewhere
FROM wide
LEFT JOIN elsewhere USING (body_id, time_period)
