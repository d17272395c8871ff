-- One row is one version of one report; the current version of a body's year is the one published last.
SELECT
  *,
  row_number() OVER (
    PARTITION BY body_id, report_year
    ORDER BY published_at DESC NULLS LAST, observations DESC, report_id
  ) = 1 AS is_current
FROM read_parquet(getvariable('report_files'))
