-- One row is the answer of one sum between two years of a body: what the later report prints against the year before.
-- A broken one says whether the reading (a figure that was split, derived or settled) or the publisher is more likely
-- at fault; a change of scope between the years leaves it open, and nothing is asked where the year before has none of
-- the forms that print it. Where known errors are in it and what is believed closes the sum, it stays broken and the
-- culprit is known.
WITH printed AS (
  SELECT
    observation.report_id, observation.body_id, observation.report_year, observation.form, observation.indicator,
    observation.breakdown, observation.value, observation.status, observation.locator, report.coverage,
    if(correction.state IS NULL, observation.value, correction.believed) AS believed
  FROM core.observation
  JOIN core.report AS report USING (report_id)
  LEFT JOIN (FROM core.correction WHERE state = 'applies') AS correction
    USING (report_id, time_period, indicator, breakdown, source, occurrence)
  WHERE report.is_current
    AND observation.source = 'table'
    AND observation.occurrence = 1
    AND observation.time_period = observation.report_year
),
asked AS (
  SELECT DISTINCT law.law, law.operator, law.forms, law.across_forms, this.body_id, this.report_id, this.report_year, this.form,
    this.coverage
  FROM core.law AS law
  JOIN core.law_term AS term ON term.law = law.law AND term.side = 'left'
  JOIN printed AS this
    ON this.indicator = term.indicator AND this.breakdown = term.breakdown AND list_contains(law.forms, this.form)
),
figure AS (
  SELECT
    asked.*,
    term.side,
    term.sign,
    term.years_back,
    printed.value,
    printed.believed,
    printed.status,
    printed.locator,
    printed.indicator,
    printed.breakdown,
    printed.coverage <> asked.coverage AND 'unknown' NOT IN (printed.coverage, asked.coverage) AS other_coverage
  FROM asked
  JOIN core.law_term AS term ON term.law = asked.law
  LEFT JOIN printed
    ON printed.body_id = asked.body_id
   AND printed.report_year = asked.report_year - term.years_back
   AND printed.indicator = term.indicator
   AND printed.breakdown = term.breakdown
   AND (printed.form = asked.form OR (asked.across_forms AND term.years_back = 1))
  WHERE EXISTS (
    FROM core.report AS before
    WHERE before.is_current
      AND before.body_id = asked.body_id
      AND before.report_year = asked.report_year - 1
      AND list_has_any(before.forms, asked.forms)
  )
),
side AS (
  SELECT
    law, operator, body_id, report_id, report_year,
    sum(sign * value) FILTER (side = 'left') AS left_sum,
    sum(sign * value) FILTER (side = 'right') AS right_sum,
    sum(sign * believed) FILTER (side = 'left') AS left_believed,
    sum(sign * believed) FILTER (side = 'right') AS right_believed,
    count(*) = count(value) AS complete,
    count(*) = count(believed) AS believed_complete,
    bool_or(coalesce(other_coverage, false)) AS other_coverage,
    bool_or(status IN ('split', 'derived', 'blank_as_zero')) AS settled,
    min(indicator) FILTER (side = 'left') AS indicator,
    min(breakdown) FILTER (side = 'left') AS breakdown,
    list(DISTINCT locator ORDER BY locator) FILTER (years_back = 0 AND locator IS NOT NULL) AS locators
  FROM figure
  GROUP BY law, operator, body_id, report_id, report_year
),
answered AS (
  SELECT
    *,
    left_sum = right_sum OR (operator = '>=' AND left_sum >= right_sum) AS holds,
    believed_complete
      AND (left_believed = right_believed OR (operator = '>=' AND left_believed >= right_believed)) AS known
  FROM side
)
SELECT
  law AS rule,
  report_id,
  body_id,
  report_year,
  report_year AS time_period,
  indicator,
  breakdown,
  CASE
    WHEN NOT complete THEN 'cannot_tell'
    WHEN holds THEN 'holds'
    WHEN other_coverage THEN 'cannot_tell'
    ELSE 'broken'
  END AS verdict,
  coalesce(regexp_replace(right_sum::VARCHAR, '\.?0+$', ''), '?') AS expected,
  coalesce(regexp_replace(left_sum::VARCHAR, '\.?0+$', ''), '?') AS found,
  CASE
    WHEN NOT complete THEN 'unknown'
    WHEN holds THEN 'none'
    WHEN known THEN 'known'
    WHEN settled THEN 'reading'
    ELSE 'publisher'
  END AS culprit,
  locators
FROM answered
