-- One row is the build that a warehouse holds, and when it ended.
SELECT run_id, strftime(finished_at, '%Y-%m-%dT%H:%M:%SZ') AS finished
FROM quality.run
ORDER BY finished_at DESC, run_id DESC
LIMIT 1
