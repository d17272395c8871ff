-- 问：各省不予公开的理由各占多少？
-- Question: on which grounds is information refused, by province?
-- 陷阱：上级政府的数含下级，所以只加同一层级的政府；一个机关有一条读不出，该省该理由即为 NULL，不当作零。
-- Traps: a government counts the bodies below it, so only governments of one level are added; where one figure cannot be
-- read the sum is NULL and no nought.
SELECT
  outcomes.time_period AS year,
  body.level,
  body.province,
  outcomes.outcome_zh AS ground,
  if(count(*) = count(value), sum(value), NULL) AS refused,
  count(*) AS bodies
FROM mart.outcomes AS outcomes
JOIN core.body AS body USING (body_id)
WHERE outcomes.applicant = 'total'
  AND starts_with(outcomes.outcome, 'results.denied.')
  AND body.kind = 'government'
GROUP BY ALL
HAVING refused IS NULL OR refused > 0
ORDER BY year, level, province, refused DESC, ground
