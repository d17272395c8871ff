-- One row is one of the first broken answers of a rule, beside what the cell prints that it speaks of.
WITH first AS (
  FROM quality.finding
  WHERE verdict = 'broken'
  QUALIFY row_number() OVER (PARTITION BY rule ORDER BY report_year DESC, body_id, finding_id) <= 3
)
SELECT
  first.rule, first.finding_id, first.report_id, first.body_id, first.report_year, first.time_period,
  first.indicator, first.breakdown, first.expected, first.found, first.message_zh, first.message_en,
  first.locators[1] AS locator, report.body, cell.label, cell.printed, cell.value, cell.unit, cell.status,
  cell.source, cell.occurrence, cell.time_period AS cell_period,
  (SELECT min(file.path) FROM core.file AS file WHERE file.report_id = first.report_id) AS path
FROM first
JOIN core.report AS report USING (report_id)
LEFT JOIN (
  FROM core.observation
  WHERE report_id IN (SELECT report_id FROM first)
  QUALIFY row_number() OVER (PARTITION BY report_id, indicator, breakdown, locator ORDER BY time_period, occurrence) = 1
) AS cell
  ON cell.report_id = first.report_id AND cell.indicator = first.indicator
 AND cell.breakdown = first.breakdown AND cell.locator = first.locators[1]
ORDER BY first.rule, first.report_year DESC, first.body_id, first.finding_id
