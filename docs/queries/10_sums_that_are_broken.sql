-- 问：哪些勾稽关系最常不成立？
-- Question: which sums are broken most often?
-- 陷阱：有三种回答；比率的分母不含“无法判断”，否则空白多的表显得最可靠。
-- Only rules that belong to a form are sums.
-- Traps: there are three answers; what cannot be told is left out of the denominator, else the emptiest tables look best.
SELECT
  finding.rule,
  any_value(dictionary.zh) AS zh,
  count(*) FILTER (verdict = 'broken') AS broken,
  count(*) FILTER (verdict = 'holds') AS holds,
  count(*) FILTER (verdict = 'cannot_tell') AS cannot_tell,
  round(100 * broken / nullif(broken + holds, 0), 1) AS broken_percent
FROM quality.finding AS finding
JOIN mart.dictionary AS dictionary ON dictionary.kind = 'rule' AND dictionary.name = finding.rule
WHERE len(dictionary.used_in) > 0
GROUP BY finding.rule
HAVING broken > 0
ORDER BY broken_percent DESC, broken DESC, finding.rule
