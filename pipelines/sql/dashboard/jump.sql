-- One row is a move from one year to the next that neither the body's other years nor its peers explain, the farthest
-- from what was expected first.
SELECT
  jump.* REPLACE (body.name AS body_name),
  concept.en AS concept_en
FROM mart.jump AS jump
JOIN core.body AS body ON body.body_id = jump.body_id
JOIN core.concept AS concept ON concept.concept = jump.concept
WHERE jump.verdict = 'broken'
ORDER BY greatest(own_score, peer_score) DESC NULLS LAST, jump.body_id, jump.concept, jump.time_period
LIMIT 300
