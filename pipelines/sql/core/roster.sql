-- One row is one line of a publication roster (编制公布情况统计表).
SELECT * FROM read_parquet(getvariable('roster_files'))
