-- One row is a report year: by when reports were due, how many came in time, how late the others.
SELECT
  time_period,
  count(*) FILTER (state = 'read') AS read,
  count(*) FILTER (state = 'read' AND published_at IS NOT NULL) AS dated,
  count(*) FILTER (days_late = 0) AS in_time,
  count(*) FILTER (days_late > 0) AS late,
  coalesce(max(days_late), 0) AS latest,
  count(*) FILTER (state = 'not_published') AS not_published,
  count(*) FILTER (state = 'not_collected') AS not_collected,
  list_sort(list(DISTINCT due) FILTER (due IS NOT NULL)) AS due
FROM mart.coverage
GROUP BY time_period
ORDER BY time_period DESC
