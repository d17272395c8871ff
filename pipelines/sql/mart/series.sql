-- One row is one concept of one body in one year, with how far it can be compared with the year before. Where two forms
-- do not compare, or the body's scope changed, a new segment begins: points of two segments are never joined.
-- `value` is what is printed, `believed` the same with known errors mended.
WITH figure AS (
  SELECT
    observation.*,
    correction.state IS NOT NULL AS corrected,
    if(correction.state IS NULL, observation.value, correction.believed) AS believed,
    crosswalk.concept, crosswalk.rank, report.body, report.coverage, report.period_start
  FROM core.observation
  LEFT JOIN (FROM core.correction WHERE state = 'applies') AS correction
    USING (report_id, time_period, indicator, breakdown, source, occurrence)
  JOIN core.crosswalk AS crosswalk
    ON crosswalk.indicator = observation.indicator
   AND crosswalk.breakdown = observation.breakdown
   AND crosswalk.source = observation.source
   AND (crosswalk.form = observation.form OR observation.source = 'narrative')
  JOIN core.report AS report USING (report_id)
  WHERE report.is_current
    AND observation.time_period = observation.report_year
    AND (observation.source <> 'narrative' OR list_contains(report.forms, crosswalk.form))
),
-- Prose may state a figure twice; two different ones are none.
single AS (
  SELECT
    body_id, any_value(body) AS body_name, concept, time_period, rank, indicator, breakdown, source,
    any_value(coverage) AS coverage,
    any_value(month(period_start) > 1) AS part_year,
    if(count(DISTINCT value) = 1 AND count(*) FILTER (value IS NULL) = 0, any_value(value), NULL) AS value,
    if(count(DISTINCT believed) = 1 AND count(*) FILTER (believed IS NULL) = 0, any_value(believed), NULL) AS believed,
    bool_or(corrected) AS corrected,
    min(unit) AS unit,
    count(DISTINCT unit) = 1 AS one_unit,
    bool_and(bound = 'exact') AS exact,
    list_sort(list(DISTINCT status)) AS statuses,
    any_value(report_id) AS report_id
  FROM figure
  GROUP BY ALL
),
point AS (
  SELECT
    single.body_id,
    any_value(single.body_name) AS body_name,
    single.concept,
    single.time_period,
    single.rank,
    crosswalk.form,
    any_value(single.source) AS source,
    any_value(coverage) AS coverage,
    coalesce(bool_or(part_year), false) AS part_year,
    if(
      count(single.value) = count(*) AND bool_and(one_unit) AND count(DISTINCT single.unit) = 1,
      sum(single.value),
      NULL
    ) AS value,
    if(
      count(single.believed) = count(*) AND bool_and(one_unit) AND count(DISTINCT single.unit) = 1,
      sum(single.believed),
      NULL
    ) AS believed,
    bool_or(corrected) AS corrected,
    min(single.unit) AS unit,
    coalesce(bool_and(exact), false) AS exact,
    list_sort(list_distinct(flatten(list(statuses)))) AS statuses,
    any_value(report_id) AS report_id
  FROM single
  JOIN core.crosswalk AS crosswalk
    ON crosswalk.concept = single.concept
   AND crosswalk.rank = single.rank
   AND crosswalk.indicator = single.indicator
   AND crosswalk.breakdown = single.breakdown
  GROUP BY single.body_id, single.concept, single.time_period, single.rank, crosswalk.form
  HAVING count(*) = (
    SELECT count(*) FROM core.crosswalk AS whole
    WHERE whole.concept = single.concept AND whole.rank = single.rank
  )
),
chosen AS (
  SELECT * FROM point
  QUALIFY row_number() OVER (
    PARTITION BY body_id, concept, time_period ORDER BY value IS NULL, rank
  ) = 1
),
beside AS (
  SELECT
    *,
    lag(time_period) OVER series AS previous_year,
    lag(form) OVER series AS previous_form,
    lag(coverage) OVER series AS previous_coverage,
    lag(unit) OVER series AS previous_unit,
    lag(part_year) OVER series AS previous_part_year
  FROM chosen
  WINDOW series AS (PARTITION BY body_id, concept ORDER BY time_period)
),
graded AS (
  SELECT
    beside.*,
    previous_form IS NOT NULL AND previous_form <> form AS is_break,
    CASE
      WHEN previous_form IS NULL THEN NULL
      WHEN previous_unit <> unit AND NOT (unit IN ('件', '条') AND previous_unit IN ('件', '条')) THEN 'none'
      WHEN coverage <> previous_coverage AND 'unknown' NOT IN (coverage, previous_coverage) THEN 'none'
      WHEN part_year OR previous_part_year THEN 'partial'
      WHEN previous_form = form THEN if(source = 'narrative', 'partial', 'full')
      ELSE coalesce(passage.grade, 'none')
    END AS comparability
  FROM beside
  LEFT JOIN core.passage AS passage
    ON passage.concept = beside.concept AND passage.before = beside.previous_form AND passage.after = beside.form
)
SELECT
  body_id,
  body_name,
  graded.concept,
  concept.zh AS concept_zh,
  time_period,
  form,
  source,
  coverage,
  part_year,
  value,
  unit,
  exact,
  statuses,
  corrected,
  believed,
  comparability,
  is_break,
  1 + count(*) FILTER (comparability = 'none') OVER (
    PARTITION BY body_id, graded.concept ORDER BY time_period
  ) AS segment,
  previous_year,
  report_id
FROM graded
JOIN core.concept AS concept ON concept.concept = graded.concept
