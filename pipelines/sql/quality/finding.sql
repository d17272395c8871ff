-- One row is the answer of one rule at one place of one report.
SELECT * FROM read_parquet(getvariable('finding_files'))
UNION ALL BY NAME
SELECT * FROM given_finding
