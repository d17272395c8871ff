-- One row is a move of a series that is a jump (looks at the whole warehouse): worth a look, no proof of an error.
SELECT
  report_id,
  body_id,
  time_period AS report_year,
  time_period,
  (
    SELECT min(term.indicator) FROM core.crosswalk AS term WHERE term.concept = jump.concept AND term.form = jump.form
  ) AS indicator,
  concept_zh,
  concept.en AS concept_en,
  regexp_replace(before::VARCHAR, '\.?0+$', '') AS before,
  coalesce(round(expected_low)::BIGINT || '…' || round(expected_high)::BIGINT, '?') AS expected,
  regexp_replace(after::VARCHAR, '\.?0+$', '') AS found,
  culprit
FROM mart.jump AS jump
JOIN core.concept AS concept USING (concept)
WHERE verdict = 'broken'
