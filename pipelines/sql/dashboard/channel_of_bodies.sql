-- One row is what one source says of the website, Weibo and WeChat items of a body in a year.
SELECT body_id, indicator, source, time_period, value, unit, status, change, growth_percent, reason, conflict, report_id
FROM mart.yoy
WHERE body_id IN (SELECT unnest($bodies::VARCHAR[]))
  AND breakdown = 'total'
  AND indicator IN ('disclosure.via_website', 'disclosure.via_weibo', 'disclosure.via_wechat')
ORDER BY body_id, indicator, source, time_period
