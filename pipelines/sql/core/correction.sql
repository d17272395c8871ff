-- One row is one known error of a publisher: what is printed and what is believed, beside the figure it is about. It
-- applies where the current report of the body and year prints it, waits where there is none, and else is stale; bodies
-- of which no report is there have no row.
SELECT
  given.*,
  report.report_id,
  observation.value AS found,
  observation.locator,
  CASE
    WHEN report.report_id IS NULL THEN 'waits'
    WHEN observation.value IS NOT DISTINCT FROM given.printed THEN 'applies'
    ELSE 'stale'
  END AS state
FROM given_correction AS given
LEFT JOIN core.report AS report
  ON report.is_current AND report.body_id = given.body_id AND report.report_year = given.report_year
LEFT JOIN core.observation AS observation
  ON observation.report_id = report.report_id
 AND observation.time_period = given.time_period
 AND observation.indicator = given.indicator
 AND observation.breakdown = given.breakdown
 AND observation.source = given.source
 AND observation.occurrence = given.occurrence
WHERE given.body_id IN (SELECT body_id FROM core.report)
