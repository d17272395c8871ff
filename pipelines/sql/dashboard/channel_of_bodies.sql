-- One row is what one source says of the website, Weibo and WeChat items of a body in a year, with the first of the
-- figures that say so.
SELECT
  yoy.body_id, yoy.indicator, yoy.breakdown, yoy.source, yoy.time_period, yoy.value, yoy.unit, yoy.status, yoy.change,
  yoy.growth_percent, yoy.reason, yoy.conflict, yoy.report_id,
  (
    SELECT min(observation.occurrence)
    FROM core.observation AS observation
    WHERE observation.report_id = yoy.report_id
      AND observation.source = yoy.source
      AND observation.time_period = yoy.time_period
      AND observation.indicator = yoy.indicator
      AND observation.breakdown = yoy.breakdown
      AND observation.status <> 'not_applicable'
  ) AS occurrence
FROM mart.yoy AS yoy
WHERE body_id IN (SELECT unnest($bodies::VARCHAR[]))
  AND breakdown = 'total'
  AND indicator IN ('disclosure.via_website', 'disclosure.via_weibo', 'disclosure.via_wechat')
ORDER BY body_id, indicator, source, time_period
