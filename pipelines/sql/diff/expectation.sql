-- One row is an expectation to which the last run of each warehouse answers otherwise, or that only one of them asks.
WITH old_last AS (FROM old.quality.expectation WHERE run_id = (SELECT max(run_id) FROM old.quality.run)),
new_last AS (FROM new.quality.expectation WHERE run_id = (SELECT max(run_id) FROM new.quality.run)),
beside AS (
  SELECT
    suite,
    expectation,
    coalesce(new_last.severity, old_last.severity) AS severity,
    old_last.verdict AS old_verdict,
    new_last.verdict AS new_verdict,
    list_position(['holds', 'cannot_tell', 'broken'], old_verdict) AS old_weight,
    list_position(['holds', 'cannot_tell', 'broken'], new_verdict) AS new_weight,
    old_last.observed AS old_observed,
    new_last.observed AS new_observed,
    coalesce(new_last.reason_zh, old_last.reason_zh) AS reason_zh,
    coalesce(new_last.reason_en, old_last.reason_en) AS reason_en
  FROM old_last
  FULL JOIN new_last USING (suite, expectation)
  WHERE old_verdict IS DISTINCT FROM new_verdict
),
told AS (
  SELECT
    CASE
      WHEN old_verdict IS NULL THEN 'came'
      WHEN new_verdict IS NULL THEN 'gone'
      WHEN new_weight > old_weight THEN 'worse'
      ELSE 'better'
    END AS kind,
    * EXCLUDE (old_weight, new_weight)
  FROM beside
)
SELECT
  row_number() OVER (
    ORDER BY
      list_position(['worse', 'gone', 'came', 'better'], kind),
      list_position(['critical', 'warning', 'info'], severity),
      suite, expectation
  ) AS rank,
  *
FROM told
