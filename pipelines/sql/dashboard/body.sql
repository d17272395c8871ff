-- One row is a body, province by province, level by level.
SELECT body_id, name, division, division_name, province, level, kind, resolved, first_year, last_year
FROM core.body
ORDER BY
  left(division, 2), list_position(['central', 'province', 'prefecture', 'county', 'township'], level) NULLS LAST,
  division, kind <> 'government', body_id
