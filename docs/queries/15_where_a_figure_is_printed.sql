-- 问：一个数印在哪个文件的哪一处？（以最近年度的新收申请为例）
-- Question: in which file and at which place is a figure printed? (new requests of the last year)
-- 陷阱：一份报告可能有几个文件名（同样的字节）；printed 是原文，value 是读出的数，核对时以 printed 为准。
-- Traps: a report may have several names (the same bytes); printed is the cell as it is, value what was read: check against printed.
SELECT series.body_name, series.time_period AS year, series.value, observation.printed, observation.locator, file.path
FROM mart.series AS series
JOIN core.observation AS observation
  ON observation.report_id = series.report_id
 AND observation.time_period = series.time_period
 AND observation.source = series.source
JOIN core.crosswalk AS crosswalk
  ON crosswalk.concept = series.concept
 AND crosswalk.form = series.form
 AND crosswalk.indicator = observation.indicator
 AND crosswalk.breakdown = observation.breakdown
JOIN core.file AS file ON file.report_id = series.report_id
WHERE series.concept = 'new_requests' AND series.time_period = (SELECT max(time_period) FROM mart.series)
ORDER BY series.body_id, file.path
