-- One row is one figure that a report alone leaves unreadable and the reports of the years beside it settle.
SELECT given.*, report.body_id, report.report_year
FROM given_settlement AS given
JOIN core.report AS report USING (report_id)
