-- One row is what the comparison with peers is made of, for the bodies of a slice.
SELECT series.time_period, series.body_id, body_name, concept, concept_zh, form, series.value, unit, exact,
  kind, level, province, resolved
FROM mart.series AS series
JOIN core.body AS body USING (body_id)
WHERE body_id IN (SELECT body_id FROM given_body)
