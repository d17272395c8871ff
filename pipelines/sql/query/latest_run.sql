-- One row: the last build.
FROM quality.run ORDER BY run_id DESC LIMIT 1
