-- One row is a body's requests for information in a year, as its statistics table says. A blank cell is NULL, nought
-- where the form's sums or the text prove it. Since 2019 what is carried in and new is concluded or carried out.
WITH cell AS (
  SELECT observation.*, report.body
  FROM core.observation
  JOIN core.report AS report USING (report_id)
  WHERE report.is_current
    AND source = 'table'
    AND occurrence = 1
    AND breakdown = 'total'
    AND observation.time_period = observation.report_year
    AND regexp_matches(indicator, '^(requests|results|requests_2014|replies_2014)\.')
),
-- The rows of a group add up to it where all of them are known; a subtotal that is printed beside them is left out.
grouped AS (
  SELECT
    body_id, body, time_period, form,
    array_to_string(indicator.split('.')[1:2], '.') AS indicator,
    if(count(*) = count(value), sum(value), NULL) AS value
  FROM cell
  WHERE regexp_matches(indicator, '^results\.\w+\.')
  GROUP BY ALL
),
figure AS (
  SELECT body_id, body, time_period, form, indicator, value FROM grouped
  UNION ALL
  SELECT body_id, body, time_period, form, indicator, value
  FROM cell
  ANTI JOIN grouped USING (body_id, time_period, form, indicator)
),
wide AS (
  SELECT
    body_id,
    any_value(body) AS body_name,
    time_period,
    form,
    max(value) FILTER (indicator = 'requests.carried_in') AS carried_in,
    max(value) FILTER (indicator IN ('requests.new', 'requests_2014.received')) AS received,
    max(value) FILTER (indicator IN ('results.total', 'replies_2014.total')) AS concluded,
    max(value) FILTER (indicator = 'requests.carried_out') AS carried_out,
    max(value) FILTER (indicator IN ('results.granted', 'replies_2014.granted')) AS granted,
    max(value) FILTER (indicator = 'replies_2014.already_public') AS already_public,
    max(value) FILTER (indicator IN ('results.partially_granted', 'replies_2014.partially_granted')) AS partially_granted,
    max(value) FILTER (indicator IN ('results.denied', 'replies_2014.denied')) AS denied,
    max(value) FILTER (indicator = 'results.unable') AS unable,
    max(value) FILTER (indicator = 'replies_2014.not_this_body') AS not_this_body,
    max(value) FILTER (indicator = 'replies_2014.does_not_exist') AS does_not_exist,
    max(value) FILTER (indicator = 'replies_2014.asked_to_amend') AS asked_to_amend,
    max(value) FILTER (indicator = 'results.not_processed') AS not_processed,
    max(value) FILTER (indicator = 'replies_2014.other_route') AS other_route,
    max(value) FILTER (indicator = 'results.other') AS other,
    max(value) FILTER (indicator = 'requests_2014.received.in_person') AS in_person,
    max(value) FILTER (indicator = 'requests_2014.received.fax') AS fax,
    max(value) FILTER (indicator = 'requests_2014.received.online') AS online,
    max(value) FILTER (indicator = 'requests_2014.received.letter') AS letter,
    max(value) FILTER (indicator = 'requests_2014.completed') AS completed,
    max(value) FILTER (indicator = 'requests_2014.completed.on_time') AS on_time,
    max(value) FILTER (indicator = 'requests_2014.completed.extended') AS extended
  FROM figure
  GROUP BY body_id, time_period, form
)
SELECT
  *,
  carried_in + received - concluded - carried_out AS balance,
  round(100 * granted / nullif(concluded, 0), 2) AS granted_percent,
  round(100 * partially_granted / nullif(concluded, 0), 2) AS partially_granted_percent,
  round(100 * denied / nullif(concluded, 0), 2) AS denied_percent,
  round(100 * unable / nullif(concluded, 0), 2) AS unable_percent,
  round(100 * not_processed / nullif(concluded, 0), 2) AS not_processed_percent
FROM wide
