-- One row is what a body disclosed on its own initiative in a year by the second table of 2019 and later: documents,
-- decisions, fees, procurement. Amounts in 元 or 亿元 are converted to 万元; what a form does not ask is NULL.
WITH cell AS (
  SELECT
    observation.*,
    report.body,
    CASE unit WHEN '元' THEN value / 10000 WHEN '亿元' THEN value * 10000 WHEN '万元' THEN value END AS amount
  FROM core.observation
  JOIN core.report AS report USING (report_id)
  WHERE report.is_current
    AND source = 'table'
    AND occurrence = 1
    AND breakdown = 'total'
    AND observation.time_period = observation.report_year
    AND form IN ('format_2019', 'format_2021')
)
SELECT
  body_id,
  any_value(body) AS body_name,
  time_period,
  form,
  max(value) FILTER (indicator IN ('rules.issued', 'rules.newly_made')) AS rules_issued,
  max(value) FILTER (indicator = 'rules.repealed') AS rules_repealed,
  max(value) FILTER (indicator = 'rules.in_force') AS rules_in_force,
  max(value) FILTER (indicator = 'rules.total_disclosed') AS rules_on_display,
  max(value) FILTER (indicator IN ('normative_documents.issued', 'normative_documents.newly_made')) AS documents_issued,
  max(value) FILTER (indicator = 'normative_documents.repealed') AS documents_repealed,
  max(value) FILTER (indicator = 'normative_documents.in_force') AS documents_in_force,
  max(value) FILTER (indicator = 'normative_documents.total_disclosed') AS documents_on_display,
  max(value) FILTER (indicator = 'licences.decisions') AS licence_decisions,
  max(value) FILTER (indicator = 'penalties.decisions') AS penalty_decisions,
  max(value) FILTER (indicator = 'coercion.decisions') AS coercion_decisions,
  max(value) FILTER (indicator = 'administrative_fees.items_previous_year') AS fee_items_before,
  max(amount) FILTER (indicator = 'administrative_fees.amount') AS fee_amount,
  max(value) FILTER (indicator = 'procurement.projects') AS procurement_projects,
  max(amount) FILTER (indicator = 'procurement.amount') AS procurement_amount
FROM cell
GROUP BY body_id, time_period, form
