-- One row is an answer about a report of one of some bodies that is not "holds", worst first.
SELECT finding.*
FROM quality.finding AS finding
WHERE body_id IN (SELECT unnest($bodies::VARCHAR[])) AND verdict <> 'holds'
ORDER BY body_id, report_id, list_position(['broken', 'cannot_tell'], verdict),
  list_position(['error', 'warning', 'info'], severity), rule, finding_id
