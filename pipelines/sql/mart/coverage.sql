-- One row is a body in a year from its first report to the last year of the warehouse: was its report published, was it
-- collected and read, with which form, how late, how complete. What is absent is kept apart: a roster says that it was
-- not published, nothing was collected, its file could not be read, or the body was no longer there. Headings are no
-- cells, and subtotals that a form leaves without figures are not asked for.
WITH last AS (SELECT coalesce(getvariable('last_year'), max(report_year)) AS year FROM core.report),
grid AS (
  SELECT body.*, year.year AS time_period
  FROM core.body AS body, last, range(body.first_year, last.year + 1) AS year(year)
),
cell AS (
  SELECT DISTINCT form, indicator, breakdown FROM core.form_row WHERE NOT heading AND NOT optional
),
asked AS (
  SELECT form, count(*) AS cells FROM cell GROUP BY form
),
answered AS (
  SELECT
    report_id,
    form,
    count(DISTINCT (indicator, breakdown)) FILTER (value IS NOT NULL OR status = 'not_applicable') AS filled,
    count(DISTINCT (indicator, breakdown)) FILTER (status = 'unreadable') AS unreadable
  FROM core.observation
  SEMI JOIN cell USING (form, indicator, breakdown)
  WHERE source = 'table'
  GROUP BY report_id, form
),
best AS (
  SELECT answered.*, asked.cells
  FROM answered
  JOIN asked USING (form)
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
LEFT JOIN best ON best.report_id = report.report_id
LEFT JOIN (SELECT code, max(last_year) AS last_year FROM core.division GROUP BY code) AS division
  ON division.code = grid.division
LEFT JOIN core.deadline AS deadline
  ON deadline.kind = grid.kind AND deadline.report_year = grid.time_period
