-- One row is one answer of a rule that looks at a figure: it names the figure, or its place.
FROM quality.finding
WHERE report_id = $report_id
  AND (
    (indicator = $indicator AND breakdown = $breakdown AND coalesce(time_period, $time_period) = $time_period)
    OR list_contains(locators, $locator)
  )
ORDER BY CASE verdict WHEN 'broken' THEN 1 WHEN 'cannot_tell' THEN 2 ELSE 3 END, rule, finding_id
