-- One row is an expectation in one of the last builds.
SELECT expectation.*
FROM quality.expectation AS expectation
SEMI JOIN (SELECT run_id FROM quality.run ORDER BY run_id DESC LIMIT 14) USING (run_id)
ORDER BY run_id DESC, suite, expectation
