-- One row is a report of the warehouse in a division that a changed report belongs to: what is made of one body may
-- depend on the reports of the bodies around it, and on files set aside that name it. A body without a division stands
-- alone.
WITH touched AS (
  SELECT coalesce(nullif(division, ''), body_id) AS place FROM core.report SEMI JOIN changed USING (report_id)
  UNION
  SELECT coalesce(nullif(division, ''), body_id) FROM added_report
  UNION
  SELECT coalesce(nullif(division, ''), body_id)
  FROM core.body
  JOIN changed_aside AS aside ON list_bool_or(list_transform(names_printed, lambda name: contains(aside.told, name)))
)
SELECT report_id, body_id, report_year
FROM core.report
WHERE coalesce(nullif(division, ''), body_id) IN (SELECT place FROM touched)
ORDER BY report_id
