-- One row is a file that is in quarantine in one warehouse only, or for another reason.
WITH beside AS (
  SELECT
    coalesce(new_aside.path, old_aside.path) AS path,
    old_aside.reason AS old_reason,
    new_aside.reason AS new_reason,
    old_aside.detail AS old_detail,
    new_aside.detail AS new_detail,
    old_aside.path IS NOT NULL AS old_held,
    new_aside.path IS NOT NULL AS new_held
  FROM old.core.quarantine AS old_aside
  FULL JOIN new.core.quarantine AS new_aside ON new_aside.path = old_aside.path
),
told AS (
  SELECT
    CASE
      WHEN NOT old_held THEN if(path IN (SELECT path FROM old.core.file WHERE report_id IS NOT NULL), 'fell', 'aside')
      WHEN NOT new_held THEN if(path IN (SELECT path FROM new.core.file WHERE report_id IS NOT NULL), 'mended', 'left')
      ELSE 'reason'
    END AS kind,
    * EXCLUDE (old_held, new_held)
  FROM beside
  WHERE NOT old_held OR NOT new_held OR (old_reason, old_detail) IS DISTINCT FROM (new_reason, new_detail)
)
SELECT
  row_number() OVER (ORDER BY list_position(['fell', 'aside', 'reason', 'left', 'mended'], kind), path) AS rank,
  *
FROM told
