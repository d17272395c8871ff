-- 问：申请人中自然人占多少？
-- Question: what part of the new requests comes from natural persons?
-- 陷阱：2019 年以前的表不分申请人；只算总计与自然人都读出的机关，同一机关两版报告只取现行的。
-- Traps: forms before 2019 do not tell applicants apart; only bodies of which both figures are read, and current versions.
SELECT
  person.time_period AS year,
  report.body AS body_name,
  person.value AS natural_persons,
  whole.value AS all_applicants,
  round(100 * person.value / nullif(whole.value, 0), 1) AS natural_percent
FROM core.observation AS whole
JOIN core.observation AS person
  ON person.report_id = whole.report_id
 AND person.indicator = whole.indicator
 AND person.source = whole.source
 AND person.time_period = whole.time_period
 AND person.occurrence = whole.occurrence
 AND person.breakdown = 'natural_person'
JOIN core.report AS report ON report.report_id = whole.report_id AND report.is_current
WHERE whole.indicator = 'requests.new'
  AND whole.breakdown = 'total'
  AND whole.source = 'table'
  AND whole.occurrence = 1
  AND person.value IS NOT NULL
  AND whole.value IS NOT NULL
ORDER BY year, report.body_id
