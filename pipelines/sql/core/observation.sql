-- One row is one figure, or one blank cell, in one version of one report.
SELECT * FROM read_parquet(getvariable('observation_files'))
