-- One row is a line of a roster of a report that both warehouses hold, the same bytes, which is read otherwise.
WITH beside AS (
  SELECT
    report_id,
    position,
    old_line.name AS old_name,
    new_line.name AS new_name,
    old_line.status AS old_status,
    new_line.status AS new_status,
    old_line.published_on AS old_published_on,
    new_line.published_on AS new_published_on
  FROM old.core.roster AS old_line
  FULL JOIN new.core.roster AS new_line USING (report_id, position)
  WHERE (old_name, old_status, old_published_on) IS DISTINCT FROM (new_name, new_status, new_published_on)
),
told AS (
  SELECT
    CASE WHEN new_name IS NULL THEN 'gone' WHEN old_name IS NULL THEN 'came' ELSE 'changed' END AS kind,
    known.body_id,
    known.body,
    known.report_year,
    known.path,
    beside.*
  FROM beside
  JOIN diff.known_report AS known ON known.report_id = beside.report_id AND known.in_old AND known.in_new
)
SELECT
  row_number() OVER (
    ORDER BY list_position(['changed', 'gone', 'came'], kind), body_id, report_id, position
  ) AS rank,
  *
FROM told
