-- One row: how much a cell of a form counts.
SELECT
  CASE
    WHEN list_contains(getvariable('headline_cells'), indicator || '[' || breakdown || ']') THEN getvariable('headline_weight')
    ELSE 1
  END
