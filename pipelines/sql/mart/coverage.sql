-- One row is a body in a year from its first report to the last year of the warehouse: was its report published, was it
-- collected and read, with which form, how late, how complete. What is absent is kept apart: a roster says that it was
-- not published, nothing was collected, its file could not be read, or the body was no longer there.
WITH last AS (SELECT coalesce(getvariable('last_year'), max(report_year)) AS year FROM core.report),
grid AS (
  SELECT body.*, year.year AS time_period
  FROM core.body AS body, last, range(body.first_year, last.year + 1) AS year(year)
),
required AS (
  SELECT DISTINCT form, indicator, breakdown FROM core.form_row WHERE NOT heading AND NOT optional
),
cells AS (SELECT form, count(*) AS cells FROM required GROUP BY form),
-- What is filled beside the required cells was asked for in this report; of a form that leaves the choice of rows, what
-- is printed. A heading is not applicable and asks for nothing.
answered AS (
  SELECT
    report_id,
    observation.form,
    count(DISTINCT (indicator, breakdown)) FILTER (
      value IS NOT NULL OR (status = 'not_applicable' AND (required.form IS NOT NULL OR cells.form IS NULL))
    ) AS filled,
    count(DISTINCT (indicator, breakdown)) FILTER (status = 'unreadable') AS unreadable,
    count(DISTINCT (indicator, breakdown))
      FILTER (required.form IS NULL AND (cells.form IS NULL OR value IS NOT NULL)) AS beside,
    coalesce(any_value(cells.cells), 0) AS cells
  FROM core.observation AS observation
  LEFT JOIN required USING (form, indicator, breakdown)
  LEFT JOIN cells ON cells.form = observation.form
  WHERE source = 'table' AND observation.form <> ''
  GROUP BY report_id, observation.form
),
best AS (
  SELECT report_id, form, filled, unreadable, cells + beside AS cells
  FROM answered
  QUALIFY row_number() OVER (
    PARTITION BY report_id
    ORDER BY list_position(['format_2021', 'format_2019', 'stat_2014', 'local_coded'], form)
  ) = 1
),
listed AS (
  SELECT parent.division, roster.report_year, roster.name
  FROM core.roster AS roster
  JOIN core.report AS parent USING (report_id)
  WHERE parent.division <> '' AND roster.status IN ('未公开', '未公布', '未编制', '否', '未完成')
),
-- A file that was set aside is a body's where its path, or what is known of where it was fetched, names the body.
aside AS (
  SELECT
    concat_ws(' ', quarantine.path, origin.body, origin.title) AS told,
    list_append(list_transform(regexp_extract_all(told, '\d+'), lambda digits: try_cast(digits AS INTEGER)), origin.year)
      AS years
  FROM core.quarantine AS quarantine
  LEFT JOIN core.origin AS origin ON origin.sha256 = quarantine.sha256
),
unread AS (
  SELECT DISTINCT body.body_id, unnest(aside.years) AS time_period
  FROM core.body AS body
  JOIN aside ON list_bool_or(list_transform(body.names_printed, lambda name: contains(aside.told, name)))
)
SELECT
  grid.body_id,
  grid.name AS body_name,
  grid.time_period,
  CASE
    WHEN report.report_id IS NOT NULL THEN 'read'
    WHEN division.last_year < grid.time_period THEN 'not_applicable'
    WHEN EXISTS (
      FROM listed
      WHERE listed.report_year = grid.time_period
        AND listed.division = grid.division
        AND contains(grid.name, listed.name)
    ) THEN 'not_published'
    WHEN unread.body_id IS NOT NULL THEN 'not_read'
    ELSE 'not_collected'
  END AS state,
  report.report_id,
  best.form,
  deadline.form AS expected_form,
  report.published_at,
  deadline.due,
  greatest(date_diff('day', deadline.due, report.published_at::DATE), 0) AS days_late,
  best.cells AS cells_asked,
  best.filled AS cells_filled,
  best.unreadable AS cells_unreadable,
  round(100 * best.filled / nullif(best.cells, 0), 2) AS complete_percent
FROM grid
LEFT JOIN core.report AS report
  ON report.body_id = grid.body_id AND report.report_year = grid.time_period AND report.is_current
LEFT JOIN unread ON unread.body_id = grid.body_id AND unread.time_period = grid.time_period
LEFT JOIN best ON best.report_id = report.report_id
LEFT JOIN (SELECT code, max(last_year) AS last_year FROM core.division GROUP BY code) AS division
  ON division.code = grid.division
LEFT JOIN core.deadline AS deadline
  ON deadline.kind = grid.kind AND deadline.report_year = grid.time_period
