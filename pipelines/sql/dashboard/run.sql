-- One row is a build, the last one first.
FROM quality.run ORDER BY run_id DESC LIMIT 60
