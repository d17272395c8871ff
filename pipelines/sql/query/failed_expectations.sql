-- One row is one expectation of the last build that is not met or cannot be told.
FROM quality.expectation
WHERE run_id = (SELECT max(run_id) FROM quality.run) AND verdict <> 'holds'
ORDER BY
  CASE verdict WHEN 'broken' THEN 1 ELSE 2 END,
  CASE severity WHEN 'critical' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
  suite, expectation
