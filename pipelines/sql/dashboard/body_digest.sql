-- One row is a body and a digest of all rows from which its pages are made: what has not changed is not written again.
WITH part AS (
  SELECT body_id, hash(t)::HUGEINT AS digest FROM core.body AS t
  UNION ALL SELECT body_id, hash(t, 1)::HUGEINT FROM core.report AS t
  UNION ALL SELECT body_id, hash(t, 2)::HUGEINT FROM core.observation AS t
  UNION ALL SELECT body_id, hash(t, 3)::HUGEINT FROM quality.finding AS t
  UNION ALL SELECT body_id, hash(t, 4)::HUGEINT FROM mart.coverage AS t
  UNION ALL SELECT body_id, hash(t, 5)::HUGEINT FROM mart.series AS t
  UNION ALL SELECT body_id, hash(t, 8)::HUGEINT FROM mart.conflict AS t
  UNION ALL
  SELECT body_id, hash(t, 6)::HUGEINT
  FROM mart.yoy AS t
  WHERE starts_with(t.indicator, 'disclosure.via_')
  UNION ALL
  SELECT report.body_id, hash(t, 7)::HUGEINT
  FROM core.file AS t
  JOIN core.report AS report ON report.report_id = t.report_id
)
SELECT body_id, sum(digest)::VARCHAR AS digest
FROM part
GROUP BY body_id
ORDER BY body_id
