-- One row is one word by which a body, an indicator or a breakdown is named, and whether the warehouse has a figure of it.
SELECT 'body_id' AS part, body_id AS value, unnest(list_append(names_printed, name)) AS name, true AS held
FROM core.body
UNION
SELECT 'indicator', indicator, zh, indicator IN (SELECT indicator FROM core.observation)
FROM core.indicator
UNION
SELECT 'indicator', indicator, label, true
FROM core.observation
WHERE breakdown = 'total' AND source <> 'narrative'
UNION
SELECT 'breakdown', breakdown, breakdown, true
FROM core.observation
ORDER BY ALL
