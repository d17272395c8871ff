"""The warehouse: Parquet is the truth, the DuckDB file is made from it, the manifest says what was read."""
