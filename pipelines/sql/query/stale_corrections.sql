-- One row is a known error that the current report of its body and year does not print, with what it prints instead.
SELECT
  line,
  body_id || ' ' || report_year || ' ' || indicator || '[' || breakdown || '] (' || source || ', ' || time_period || '): '
    || '应印 expected ' || printed || '，所见 found ' || coalesce(found::VARCHAR, '—') || '，报告 report ' || report_id
    AS said
FROM core.correction
WHERE state = 'stale'
ORDER BY line
