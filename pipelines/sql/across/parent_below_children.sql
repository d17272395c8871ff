-- One row is one concept of a government that reports for its whole territory, held against the sum of what the bodies
-- below it report (looks at the whole warehouse): the governments of the divisions right below, or its own office,
-- departments and townships. Own offices (本级) are never a parent, the two kinds of children never added together. The
-- parent must reach the sum; it does for certain only where every division has a figure. Organs are in no register: only
-- where they exceed it there is an answer. Bodies of another system (垂直管理) and zones may not be in the total.
WITH figure AS (
  SELECT
    series.*, body.kind, body.division, body.parent,
    list_has_any(statuses, ['split', 'derived', 'blank_as_zero']) AS settled
  FROM mart.series AS series
  JOIN core.body AS body USING (body_id)
  JOIN core.concept AS concept USING (concept)
  WHERE body.resolved AND concept.additive AND series.source = 'table' AND series.exact AND NOT series.part_year
),
family AS (
  SELECT
    whole.body_id, whole.concept, whole.time_period, whole.value, whole.believed, whole.coverage, whole.settled,
    whole.form, whole.report_id, whole.division, whole.concept_zh,
    child.kind = 'government' AS territories,
    child.value AS child_value, child.believed AS child_believed, child.settled AS child_settled,
    child.body_name AS child_name
  FROM figure AS whole
  JOIN figure AS child
    ON child.concept = whole.concept
   AND child.time_period = whole.time_period
   AND child.form = whole.form
   AND child.unit = whole.unit
   AND child.value IS NOT NULL
   AND (
     (child.kind = 'government' AND child.parent = whole.division)
     OR (child.kind IN ('office', 'department', 'township') AND child.division = whole.division)
   )
  WHERE whole.kind = 'government' AND whole.coverage <> 'own' AND whole.value IS NOT NULL
),
side AS (
  SELECT
    body_id, concept, time_period, territories,
    any_value(value) AS value,
    any_value(believed) AS believed,
    any_value(coverage) AS coverage,
    any_value(form) AS form,
    any_value(report_id) AS report_id,
    any_value(division) AS division,
    any_value(concept_zh) AS concept_zh,
    sum(child_value) AS children_sum,
    sum(child_believed) AS children_believed,
    count(*) = count(child_believed) AS believed_complete,
    count(*) AS children,
    arg_max(child_name, (child_value, child_name)) AS largest,
    bool_or(settled OR child_settled) AS settled
  FROM family
  GROUP BY body_id, concept, time_period, territories
),
answered AS (
  SELECT
    *,
    CASE WHEN territories THEN (
      SELECT count(DISTINCT code) FROM core.division AS below
      WHERE below.parent = side.division AND side.time_period BETWEEN below.first_year AND below.last_year
    ) END AS there_are,
    value >= children_sum AS reaches
  FROM side
),
judged AS (
  SELECT
    *,
    CASE
      WHEN NOT reaches AND coverage = 'aggregate' THEN 'broken'
      WHEN reaches AND children >= there_are THEN 'holds'
      ELSE 'cannot_tell'
    END AS verdict
  FROM answered
)
SELECT
  report_id,
  body_id,
  time_period AS report_year,
  time_period,
  (
    SELECT min(term.indicator) FROM core.crosswalk AS term
    WHERE term.concept = judged.concept AND term.form = judged.form
  ) AS indicator,
  concept_zh,
  concept.en AS concept_en,
  verdict,
  '≥ ' || regexp_replace(children_sum::VARCHAR, '\.?0+$', '') AS expected,
  regexp_replace(value::VARCHAR, '\.?0+$', '') AS found,
  children || '/' || coalesce(there_are::VARCHAR, '?') AS children,
  largest,
  CASE verdict
    WHEN 'holds' THEN 'none'
    WHEN 'cannot_tell' THEN 'unknown'
    ELSE
      CASE
        WHEN believed_complete AND believed >= children_believed THEN 'known'
        WHEN settled THEN 'reading'
        ELSE 'publisher'
      END
  END AS culprit
FROM judged
JOIN core.concept AS concept USING (concept)
WHERE territories OR verdict = 'broken'
