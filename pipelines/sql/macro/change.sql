-- One row: the word for what became of a figure that differs. A count that is read otherwise is the worst.
SELECT
  CASE
    WHEN NOT old_held THEN 'came'
    WHEN NOT new_held THEN 'gone'
    WHEN old_value <> new_value THEN 'value'
    WHEN old_value = new_value AND old_unit IS DISTINCT FROM new_unit THEN 'unit'
    WHEN new_status = 'unreadable' AND old_status <> 'unreadable' THEN 'unreadable'
    WHEN old_status = 'unreadable' AND new_status <> 'unreadable' THEN 'readable'
    WHEN old_value IS NOT NULL AND new_value IS NULL THEN 'lost'
    WHEN old_value IS NULL AND new_value IS NOT NULL THEN 'found'
    ELSE 'basis'
  END
