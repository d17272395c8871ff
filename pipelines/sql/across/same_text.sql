-- One row is a report whose text another file holds too, stored in another encoding or with other line ends.
SELECT
  report.report_id,
  report.body_id,
  report.report_year,
  min(other.report_id) AS expected,
  report.report_id || ' (' || report.encoding || ')' AS found
FROM core.report AS report
JOIN core.report AS other ON report.text_sha256 = other.text_sha256 AND report.report_id > other.report_id
GROUP BY ALL
