-- One row is a point of a series that differs: another value, none any more, or another ground to compare it on.
WITH beside AS (
  SELECT
    body_id,
    coalesce(new_point.body_name, old_point.body_name) AS body,
    concept,
    coalesce(new_point.concept_zh, old_point.concept_zh) AS concept_zh,
    time_period,
    old_point.body_id IS NOT NULL AS old_held,
    new_point.body_id IS NOT NULL AS new_held,
    old_point.value AS old_value,
    new_point.value AS new_value,
    old_point.unit AS old_unit,
    new_point.unit AS new_unit,
    old_point.form AS old_form,
    new_point.form AS new_form,
    old_point.comparability AS old_comparability,
    new_point.comparability AS new_comparability,
    old_point.segment AS old_segment,
    new_point.segment AS new_segment,
    old_point.report_id AS old_report_id,
    new_point.report_id AS new_report_id
  FROM old.mart.series AS old_point
  FULL JOIN new.mart.series AS new_point USING (body_id, concept, time_period)
  WHERE (old_held, old_value, old_unit, old_form, old_comparability, old_segment)
    IS DISTINCT FROM (new_held, new_value, new_unit, new_form, new_comparability, new_segment)
),
told AS (
  SELECT
    change(old_held, new_held, old_value, new_value, old_unit, new_unit, '', '') AS kind,
    surprise(
      old_value, new_value, old_unit, new_unit,
      CASE
        WHEN list_contains(getvariable('headline_concepts'), concept) THEN getvariable('headline_weight')
        ELSE 1
      END
    ) AS score,
    relative_percent(old_value, new_value) AS relative_percent,
    * EXCLUDE (old_held, new_held)
  FROM beside
)
SELECT
  row_number() OVER (ORDER BY score DESC, body_id, concept, time_period DESC) AS rank,
  *
FROM told
