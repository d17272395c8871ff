-- One row is one file that is set aside.
FROM core.quarantine ORDER BY path
