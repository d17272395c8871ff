-- One row is a report that the warehouse lacks, or that it has and must lose.
SELECT report_id, coming.report_year, coming.report_id IS NULL AS gone
FROM core.report AS stored
FULL JOIN given_coming AS coming USING (report_id)
WHERE stored.report_id IS NULL OR coming.report_id IS NULL
ORDER BY report_id
