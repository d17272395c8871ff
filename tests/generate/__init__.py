"""Generators of reports with the truth that they print."""
