"""Dagster's entry point."""

from pipelines.orchestration.job import build_definitions
from pipelines.settings import load_settings

defs = build_definitions(load_settings())
