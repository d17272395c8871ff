-- One row is a year for which something that the comparison with peers is made of is not what it was.
SELECT DISTINCT time_period
FROM (
  (FROM ranked EXCEPT FROM part.slice.ranked)
  UNION ALL
  (FROM part.slice.ranked EXCEPT FROM ranked)
)
ORDER BY time_period
