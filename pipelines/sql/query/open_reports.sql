-- One row is a current report of some bodies with unreadable cells in its tables (`of`), or the one of the year beside it.
WITH opened AS (
  SELECT DISTINCT report.report_id, report.body_id, report.report_year
  FROM core.report AS report
  JOIN (SELECT unnest($bodies::VARCHAR[]) AS body_id) AS wanted ON wanted.body_id = report.body_id
  JOIN given_observation AS cell ON cell.report_id = report.report_id
  WHERE report.is_current AND report.body_evidence <> '' AND cell.source = 'table' AND cell.status = 'unreadable'
)
SELECT opened.report_id AS of, beside.report_id, beside.report_year, beside.coverage
FROM opened
JOIN core.report AS beside
  ON beside.is_current
 AND beside.body_id = opened.body_id
 AND beside.report_year BETWEEN opened.report_year - 1 AND opened.report_year + 1
ORDER BY of, beside.report_year
