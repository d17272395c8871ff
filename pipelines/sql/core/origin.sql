-- One row is where some bytes were fetched from; a report leads back to its address by the digest of its bytes.
SELECT given_origin.*, report.report_id
FROM given_origin
LEFT JOIN core.report AS report USING (sha256)
