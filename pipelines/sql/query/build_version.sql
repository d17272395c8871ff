-- One row is the version of the last build in a warehouse.
SELECT build_version FROM quality.run ORDER BY run_id DESC LIMIT 1
