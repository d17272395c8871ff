-- One row is one thing that rules say of a report in one warehouse more often than in the other. Wordings and places do
-- not tell two findings apart, so that another message or another locator is no new finding.
WITH said AS (
  SELECT false AS of_new, * FROM old.quality.finding ANTI JOIN new.quality.finding USING (finding_id, verdict)
  UNION ALL BY NAME
  SELECT true AS of_new, * FROM new.quality.finding ANTI JOIN old.quality.finding USING (finding_id, verdict)
),
counted AS (
  SELECT
    rule, verdict, report_id, time_period, indicator, breakdown, expected, found,
    count(*) FILTER (NOT of_new) AS old_count,
    count(*) FILTER (of_new) AS new_count,
    min(severity) AS severity,
    min(body_id) AS body_id,
    min(report_year) AS report_year,
    min(message_zh) AS message_zh,
    min(message_en) AS message_en,
    min(locators) AS locators
  FROM said
  WHERE verdict <> 'holds'
  GROUP BY rule, verdict, report_id, time_period, indicator, breakdown, expected, found
  HAVING old_count <> new_count
),
told AS (
  SELECT
    if(new_count > old_count, 'new', 'gone')
      || if(coalesce(known.in_old <> known.in_new, false), '_with_report', '') AS kind,
    known.body,
    known.path,
    counted.*
  FROM counted
  LEFT JOIN diff.known_report AS known ON known.report_id = counted.report_id
)
SELECT
  row_number() OVER (
    ORDER BY
      list_position(['error', 'warning', 'info'], severity),
      list_position(['new', 'gone', 'new_with_report', 'gone_with_report'], kind),
      list_position(['broken', 'cannot_tell'], verdict),
      rule, body_id, report_year DESC, report_id, time_period DESC, indicator, breakdown, expected, found
  ) AS rank,
  *
FROM told
