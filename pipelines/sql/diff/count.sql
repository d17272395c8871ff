-- One row is something that the last run of each warehouse says of itself and that differs: its reader, gate or counts.
WITH last_run AS (
  SELECT false AS of_new, * FROM old.quality.run WHERE run_id = (SELECT max(run_id) FROM old.quality.run)
  UNION ALL BY NAME
  SELECT true AS of_new, * FROM new.quality.run WHERE run_id = (SELECT max(run_id) FROM new.quality.run)
),
measured AS (
  SELECT of_new, unnest([
    {'measure': 'published', 'amount': published::VARCHAR},
    {'measure': 'reader_version', 'amount': reader_version},
    {'measure': 'build_version', 'amount': build_version},
    {'measure': 'expectations_broken', 'amount': expectations_broken::VARCHAR},
    {'measure': 'files', 'amount': files::VARCHAR},
    {'measure': 'reports', 'amount': reports::VARCHAR},
    {'measure': 'quarantined', 'amount': quarantined::VARCHAR},
    {'measure': 'observations', 'amount': observations::VARCHAR},
    {'measure': 'broken', 'amount': broken::VARCHAR},
    {'measure': 'cannot_tell', 'amount': cannot_tell::VARCHAR}
  ], recursive := true)
  FROM last_run
),
told AS (
  SELECT
    CASE measure
      WHEN 'published' THEN 'gate'
      WHEN 'reader_version' THEN 'reader'
      WHEN 'build_version' THEN 'builder'
      ELSE 'count'
    END AS kind,
    measure,
    min(amount) FILTER (NOT of_new) AS old_amount,
    min(amount) FILTER (of_new) AS new_amount
  FROM measured
  GROUP BY measure
  HAVING old_amount IS DISTINCT FROM new_amount
)
SELECT row_number() OVER (ORDER BY list_position(['gate', 'reader', 'builder', 'count'], kind), measure) AS rank, *
FROM told
