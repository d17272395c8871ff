-- One row is a body's institutions, staff, funds and training in a year, as its statistics table says; amounts that are
-- printed in 元 or 亿元 are converted to 万元, those in any other unit are left out.
SELECT
  body_id,
  any_value(report.body_name) AS body_name,
  time_period,
  form,
  max(value) FILTER (indicator = 'capacity.units') AS units,
  max(value) FILTER (indicator = 'capacity.reading_points') AS reading_points,
  max(value) FILTER (indicator = 'capacity.staff') AS staff,
  max(value) FILTER (indicator = 'capacity.staff.full_time') AS full_time,
  max(value) FILTER (indicator = 'capacity.staff.part_time') AS part_time,
  max(CASE unit WHEN '万元' THEN value WHEN '元' THEN value / 10000 WHEN '亿元' THEN value * 10000 END)
    FILTER (indicator = 'capacity.budget') AS budget,
  max(CASE unit WHEN '万元' THEN value WHEN '元' THEN value / 10000 WHEN '亿元' THEN value * 10000 END)
    FILTER (indicator = 'fees.requests') AS request_fees,
  max(value) FILTER (indicator = 'training.meetings') AS meetings,
  max(value) FILTER (indicator = 'training.sessions') AS training_sessions,
  max(value) FILTER (indicator = 'training.trainees') AS trainees
FROM core.observation
JOIN core.report USING (report_id, body_id, report_year)
WHERE source = 'table'
  AND is_current
  AND occurrence = 1
  AND (starts_with(indicator, 'capacity.') OR starts_with(indicator, 'training.') OR indicator = 'fees.requests')
GROUP BY body_id, time_period, form
