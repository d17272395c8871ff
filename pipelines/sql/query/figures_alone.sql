-- One row is one figure, or one blank cell, of some reports as each of them reads alone.
SELECT observation.*
FROM given_observation AS observation
JOIN (SELECT unnest($report_ids::VARCHAR[]) AS report_id) AS wanted USING (report_id)
ORDER BY report_id, source, time_period, indicator, breakdown, occurrence
