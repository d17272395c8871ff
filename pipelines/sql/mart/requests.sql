-- One row is a body's requests for information in a year, as its statistics table says. A blank cell is NULL, nought
-- where the form's sums or the text prove it.
SELECT
  body_id,
  any_value(report.body_name) AS body_name,
  time_period,
  form,
  max(value) FILTER (indicator = 'requests_2014.received') AS received,
  max(status) FILTER (indicator = 'requests_2014.received') AS received_status,
  max(value) FILTER (indicator = 'requests_2014.received.in_person') AS in_person,
  max(value) FILTER (indicator = 'requests_2014.received.fax') AS fax,
  max(value) FILTER (indicator = 'requests_2014.received.online') AS online,
  max(value) FILTER (indicator = 'requests_2014.received.letter') AS letter,
  max(value) FILTER (indicator = 'requests_2014.completed') AS completed,
  max(value) FILTER (indicator = 'requests_2014.completed.on_time') AS on_time,
  max(value) FILTER (indicator = 'requests_2014.completed.extended') AS extended,
  max(value) FILTER (indicator = 'replies_2014.total') AS replies,
  max(value) FILTER (indicator = 'replies_2014.already_public') AS already_public,
  max(value) FILTER (indicator = 'replies_2014.granted') AS granted,
  max(value) FILTER (indicator = 'replies_2014.partially_granted') AS partially_granted,
  max(value) FILTER (indicator = 'replies_2014.denied') AS denied,
  max(value) FILTER (indicator = 'replies_2014.not_this_body') AS not_this_body,
  max(value) FILTER (indicator = 'replies_2014.does_not_exist') AS does_not_exist,
  max(value) FILTER (indicator = 'replies_2014.asked_to_amend') AS asked_to_amend,
  max(value) FILTER (indicator = 'replies_2014.other_route') AS other_route
FROM core.observation
JOIN core.report USING (report_id, body_id, report_year)
WHERE source = 'table'
  AND is_current
  AND occurrence = 1
  AND (starts_with(indicator, 'requests_2014.') OR starts_with(indicator, 'replies_2014.'))
GROUP BY body_id, time_period, form
