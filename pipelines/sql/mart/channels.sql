-- One row is what a body disclosed in a year by channel, as its statistics table says. A blank channel is NULL.
WITH wide AS (
  SELECT
    body_id,
    any_value(report.body_name) AS body_name,
    time_period,
    form,
    max(value) FILTER (indicator = 'disclosure.items') AS items,
    max(value) FILTER (indicator = 'disclosure.via_gazette') AS gazette,
    max(value) FILTER (indicator = 'disclosure.via_website') AS website,
    max(value) FILTER (indicator = 'disclosure.via_weibo') AS weibo,
    max(value) FILTER (indicator = 'disclosure.via_wechat') AS wechat,
    max(value) FILTER (indicator = 'disclosure.via_other') AS other,
    sum(value) FILTER (starts_with(indicator, 'disclosure.via_')) AS channels_sum,
    count(value) FILTER (starts_with(indicator, 'disclosure.via_')) AS channels_filled
  FROM core.observation
  JOIN core.report USING (report_id, body_id, report_year)
  WHERE source = 'table' AND is_current AND occurrence = 1 AND starts_with(indicator, 'disclosure.')
  GROUP BY body_id, time_period, form
)
SELECT *, items < greatest(gazette, website, weibo, wechat, other) AS items_below_largest_channel
FROM wide
