"""What tables are exported as."""

from enum import StrEnum


class FileFormat(StrEnum):
    """What an export can be written as."""

    PARQUET = "parquet"
    CSV = "csv"
    XLSX = "xlsx"
    SDMX = "sdmx"
