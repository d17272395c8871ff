-- One row is a report that came, went, is taken for another body, year, scope or form, or was read by another reader. A
-- report that is taken for another thing is told as that, whether or not it was read again.
WITH beside AS (
  SELECT
    known.*,
    old_report.body_id AS old_body_id,
    new_report.body_id AS new_body_id,
    old_report.body AS old_body,
    new_report.body AS new_body,
    old_report.report_year AS old_report_year,
    new_report.report_year AS new_report_year,
    old_report.coverage AS old_coverage,
    new_report.coverage AS new_coverage,
    old_report.forms AS old_forms,
    new_report.forms AS new_forms,
    old_report.published_at AS old_published_at,
    new_report.published_at AS new_published_at,
    old_report.is_current AS old_is_current,
    new_report.is_current AS new_is_current,
    old_report.observations AS old_observations,
    new_report.observations AS new_observations,
    old_report.reader_version AS old_reader_version,
    new_report.reader_version AS new_reader_version
  FROM diff.known_report AS known
  LEFT JOIN old.core.report AS old_report ON old_report.report_id = known.report_id
  LEFT JOIN new.core.report AS new_report ON new_report.report_id = known.report_id
),
told AS (
  SELECT
    CASE
      WHEN NOT in_new THEN 'gone'
      WHEN NOT in_old THEN 'came'
      WHEN (old_body_id, old_report_year, old_coverage, old_forms, old_published_at)
        IS DISTINCT FROM (new_body_id, new_report_year, new_coverage, new_forms, new_published_at) THEN 'taken_for'
      WHEN old_reader_version IS DISTINCT FROM new_reader_version THEN 'read_again'
    END AS kind,
    * EXCLUDE (in_old, in_new)
  FROM beside
)
SELECT
  row_number() OVER (
    ORDER BY
      list_position(['gone', 'taken_for', 'came', 'read_again'], kind),
      abs(coalesce(new_observations, 0) - coalesce(old_observations, 0)) DESC,
      path, report_id
  ) AS rank,
  *
FROM told
WHERE kind IS NOT NULL
