-- One row is one public body that has a report in the warehouse.
WITH place AS (
  SELECT code, arg_max(name, (last_year, name)) AS name, arg_max(level, (last_year, name)) AS level,
    arg_max(province, (last_year, name)) AS province, arg_max(parent, (last_year, name)) AS parent,
    max(last_year) AS last_year, arg_max(successors, (last_year, name)) AS successors
  FROM core.division
  GROUP BY code
),
found AS (
  SELECT
    body_id,
    arg_max(body, (report_year, report_id)) AS name,
    any_value(division) AS division,
    any_value(body_kind) AS kind,
    bool_and(body_evidence <> '') AS resolved,
    list_sort(list(DISTINCT body_evidence)) AS evidence,
    list_sort(list(DISTINCT body_name)) AS names_printed,
    min(report_year) AS first_year,
    max(report_year) AS last_year
  FROM core.report
  GROUP BY body_id
)
SELECT
  found.body_id,
  found.name,
  found.division,
  coalesce(place.name, '') AS division_name,
  coalesce(above.name, if(found.division LIKE '__0000', place.name, NULL), '') AS province,
  CASE
    WHEN found.kind = 'township' THEN 'township'
    WHEN found.division = '000000' THEN 'central'
    ELSE coalesce(place.level, '')
  END AS level,
  found.kind,
  CASE found.kind WHEN 'government' THEN coalesce(place.parent, '') ELSE found.division END AS parent,
  found.resolved,
  list_filter(found.evidence, lambda each: each <> '') AS evidence,
  found.names_printed,
  found.first_year,
  found.last_year,
  coalesce(place.successors, []) AS successors
FROM found
LEFT JOIN place ON place.code = found.division
LEFT JOIN place AS above ON above.code = place.province
