-- One row is what names the body of a file that was set aside since, or is so no longer.
WITH before AS (
  SELECT concat_ws(' ', quarantine.path, origin.body, origin.title) AS told, origin.year
  FROM core.quarantine AS quarantine
  LEFT JOIN core.origin AS origin ON origin.sha256 = quarantine.sha256
),
after AS (
  SELECT concat_ws(' ', quarantine.path, origin.body, origin.title) AS told, origin.year
  FROM given_quarantine AS quarantine
  LEFT JOIN given_origin AS origin ON origin.sha256 = quarantine.sha256
)
(FROM before EXCEPT FROM after)
UNION
(FROM after EXCEPT FROM before)
