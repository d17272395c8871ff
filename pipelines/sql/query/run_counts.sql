-- One row: what a build holds and how its rules answered.
SELECT
  (SELECT count(*) FROM core.observation) AS observations,
  (SELECT count(*) FROM quality.finding WHERE verdict = 'broken') AS broken,
  (SELECT count(*) FROM quality.finding WHERE verdict = 'cannot_tell') AS cannot_tell
