-- One row is a point of a series across forms of one of some bodies.
SELECT series.*, concept.en AS concept_en, concept.note_zh, concept.note_en
FROM mart.series AS series
JOIN core.concept AS concept USING (concept)
WHERE body_id IN (SELECT unnest($bodies::VARCHAR[]))
ORDER BY body_id, concept, time_period
