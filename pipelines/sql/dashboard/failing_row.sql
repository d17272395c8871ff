-- One row is one of the first rows that fail an expectation in the last build.
FROM quality.failing_row
WHERE run_id = (SELECT max(run_id) FROM quality.run) AND position <= 3
ORDER BY suite, expectation, position
