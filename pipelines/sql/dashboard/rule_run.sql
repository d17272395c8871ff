-- One row is how a rule answered in one of the last builds.
SELECT rule_run.*
FROM quality.rule_run AS rule_run
SEMI JOIN (SELECT run_id FROM quality.run ORDER BY run_id DESC LIMIT 14) USING (run_id)
ORDER BY run_id DESC, rule
