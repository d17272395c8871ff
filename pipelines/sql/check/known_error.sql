-- One row is a figure of a current report that is known to be wrong, with what is believed.
SELECT
  report_id,
  body_id,
  report_year,
  time_period,
  indicator,
  breakdown,
  coalesce(regexp_replace(believed::VARCHAR, '\.?0+$', ''), '?') AS expected,
  regexp_replace(printed::VARCHAR, '\.?0+$', '') AS found,
  reason_zh,
  reason_en,
  evidence,
  [locator] AS locators
FROM core.correction
WHERE state = 'applies'
