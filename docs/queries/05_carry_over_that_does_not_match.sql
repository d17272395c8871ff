-- 问：谁的“上年结转”不等于上年报告的“结转下年度”？
-- Question: whose requests carried in are not those that the year before carried out?
-- 陷阱：只有两年都读出才能比；机构改革与口径变化（coverage）也会造成不等。
-- Traps: only where both years are read; a reform or a change of scope breaks it as well.
SELECT
  this.time_period AS year,
  this.body_name,
  before.carried_out AS carried_out_before,
  this.carried_in,
  this.carried_in - before.carried_out AS difference
FROM mart.requests AS this
JOIN mart.requests AS before ON before.body_id = this.body_id AND before.time_period = this.time_period - 1
WHERE this.carried_in <> before.carried_out
ORDER BY abs(difference) DESC, this.body_id, year
