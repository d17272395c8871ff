-- One row is one figure, or one blank cell, in one version of one report. What the report alone leaves unreadable and
-- the reports of the years beside it settle is shown as settled; the Parquet files keep what it says alone.
SELECT
  observation.* REPLACE (
    coalesce(decided.body_id, observation.body_id) AS body_id,
    coalesce(settlement.value, observation.value) AS value,
    coalesce(settlement.status, observation.status) AS status,
    coalesce(settlement.printed, observation.printed) AS printed,
    coalesce(settlement.evidence, observation.evidence) AS evidence
  )
FROM given_observation AS observation
LEFT JOIN (SELECT report_id, body_id FROM core.report WHERE body_evidence = 'decision') AS decided USING (report_id)
LEFT JOIN core.settlement AS settlement
  ON settlement.report_id = observation.report_id
 AND settlement.source = observation.source
 AND settlement.time_period = observation.time_period
 AND settlement.indicator = observation.indicator
 AND settlement.breakdown = observation.breakdown
 AND settlement.occurrence = observation.occurrence
