-- One row is a rule of the catalogue.
FROM quality.rule ORDER BY list_position(['error', 'warning', 'info'], severity), rule
