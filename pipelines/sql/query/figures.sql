-- One row is one observation that fits every part of a key that is given, with the first name of its file.
SELECT
  observation.*,
  report.body_name,
  report.encoding,
  report.is_current,
  report.sha256,
  indicator.zh,
  indicator.en,
  (SELECT min(file.path) FROM core.file AS file WHERE file.report_id = observation.report_id) AS path
FROM core.observation AS observation
JOIN core.report AS report USING (report_id, body_id, report_year)
JOIN core.indicator AS indicator USING (indicator)
WHERE ($report_id IS NULL OR observation.report_id = $report_id)
  AND ($body_id IS NULL OR observation.body_id = $body_id)
  AND ($time_period IS NULL OR observation.time_period = $time_period)
  AND ($indicator IS NULL OR observation.indicator = $indicator)
  AND ($breakdown IS NULL OR observation.breakdown = $breakdown)
  AND ($source IS NULL OR observation.source = $source)
  AND ($occurrence IS NULL OR observation.occurrence = $occurrence)
ORDER BY observation.time_period, observation.indicator, observation.breakdown, observation.source,
  observation.report_id, observation.occurrence
