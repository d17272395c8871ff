-- One row is one answer of a rule that looks at a figure: it names the figure, adds it up, or is about its place alone.
-- Where many figures share one place (a table on one line) the place says nothing of any of them.
FROM quality.finding
WHERE report_id = $report_id
  AND (
    (indicator = $indicator AND breakdown = $breakdown AND coalesce(time_period, $time_period) = $time_period)
    OR (
      list_contains(locators, $locator)
      AND (
        list_contains($sums, rule)
        OR (
          SELECT count(*)
          FROM core.observation AS beside
          WHERE beside.report_id = $report_id AND beside.locator = $locator
        ) = 1
      )
    )
  )
ORDER BY CASE verdict WHEN 'broken' THEN 1 WHEN 'cannot_tell' THEN 2 ELSE 3 END, rule, finding_id
