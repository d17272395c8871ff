-- One row is one version of one report; the current version of a body's year is the one published last.
-- Whose report it is, where that is not certain, a person decides: for one report, or for all that print a name.
WITH decided AS (
  SELECT
    report.*,
    coalesce(one.body_id, every.body_id) AS decided_id,
    coalesce(one.name, every.name) AS decided_name,
    coalesce(one.division, every.division) AS decided_division,
    coalesce(one.kind, every.kind) AS decided_kind
  FROM given_report AS report
  LEFT JOIN given_decision AS one ON one.report_id = report.report_id AND one.report_id <> ''
  LEFT JOIN given_decision AS every
    ON every.report_id = '' AND every.printed = report.body_name AND report.body_evidence = ''
)
SELECT
  * EXCLUDE (decided_id, decided_name, decided_division, decided_kind)
    REPLACE (
      coalesce(decided_id, body_id) AS body_id,
      coalesce(decided_name, body) AS body,
      coalesce(decided_division, division) AS division,
      coalesce(decided_kind, body_kind) AS body_kind,
      if(decided_id IS NULL, body_evidence, 'decision') AS body_evidence
    ),
  row_number() OVER (
    PARTITION BY coalesce(decided_id, body_id), report_year
    ORDER BY published_at DESC NULLS LAST, observations DESC, report_id
  ) = 1 AS is_current
FROM decided
