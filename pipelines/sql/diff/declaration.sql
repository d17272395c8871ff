-- One row is a declared fact that came, went or changed: an indicator, a row of a form, a rule, how years compare.
WITH declared AS (
  SELECT false AS of_new, 'core.indicator' AS "table", indicator AS entry, fact::VARCHAR AS content
  FROM old.core.indicator AS fact
  UNION ALL
  SELECT true, 'core.indicator', indicator, fact::VARCHAR FROM new.core.indicator AS fact
  UNION ALL
  SELECT false, 'core.form_row', concat_ws(' ', form, "table", row), fact::VARCHAR FROM old.core.form_row AS fact
  UNION ALL
  SELECT true, 'core.form_row', concat_ws(' ', form, "table", row), fact::VARCHAR FROM new.core.form_row AS fact
  UNION ALL
  SELECT false, 'core.concept', concept, fact::VARCHAR FROM old.core.concept AS fact
  UNION ALL
  SELECT true, 'core.concept', concept, fact::VARCHAR FROM new.core.concept AS fact
  UNION ALL
  SELECT false, 'core.crosswalk', concat_ws(' ', concept, form, indicator, breakdown), fact::VARCHAR
  FROM old.core.crosswalk AS fact
  UNION ALL
  SELECT true, 'core.crosswalk', concat_ws(' ', concept, form, indicator, breakdown), fact::VARCHAR
  FROM new.core.crosswalk AS fact
  UNION ALL
  SELECT false, 'core.passage', concat_ws(' ', concept, before, after), fact::VARCHAR FROM old.core.passage AS fact
  UNION ALL
  SELECT true, 'core.passage', concat_ws(' ', concept, before, after), fact::VARCHAR FROM new.core.passage AS fact
  UNION ALL
  SELECT false, 'core.law', law, fact::VARCHAR FROM old.core.law AS fact
  UNION ALL
  SELECT true, 'core.law', law, fact::VARCHAR FROM new.core.law AS fact
  UNION ALL
  SELECT false, 'core.law_term', concat_ws(' ', law, side, years_back, indicator, breakdown), fact::VARCHAR
  FROM old.core.law_term AS fact
  UNION ALL
  SELECT true, 'core.law_term', concat_ws(' ', law, side, years_back, indicator, breakdown), fact::VARCHAR
  FROM new.core.law_term AS fact
  UNION ALL
  SELECT false, 'core.deadline', concat_ws(' ', kind, report_year), fact::VARCHAR FROM old.core.deadline AS fact
  UNION ALL
  SELECT true, 'core.deadline', concat_ws(' ', kind, report_year), fact::VARCHAR FROM new.core.deadline AS fact
  UNION ALL
  SELECT false, 'core.division', concat_ws(' ', code, name), fact::VARCHAR FROM old.core.division AS fact
  UNION ALL
  SELECT true, 'core.division', concat_ws(' ', code, name), fact::VARCHAR FROM new.core.division AS fact
  UNION ALL
  SELECT false, 'quality.rule', rule, fact::VARCHAR FROM old.quality.rule AS fact
  UNION ALL
  SELECT true, 'quality.rule', rule, fact::VARCHAR FROM new.quality.rule AS fact
),
beside AS (
  SELECT
    "table",
    entry,
    min(content) FILTER (NOT of_new) AS old_content,
    min(content) FILTER (of_new) AS new_content
  FROM declared
  GROUP BY "table", entry
  HAVING old_content IS DISTINCT FROM new_content
),
told AS (
  SELECT
    CASE WHEN old_content IS NULL THEN 'came' WHEN new_content IS NULL THEN 'gone' ELSE 'changed' END AS kind,
    *
  FROM beside
)
SELECT
  row_number() OVER (ORDER BY list_position(['gone', 'changed', 'came'], kind), "table", entry) AS rank,
  *
FROM told
