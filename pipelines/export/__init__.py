"""Tables as files for others: Parquet, CSV, XLSX, SDMX-CSV, and what describes them."""
