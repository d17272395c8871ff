"""Bytes to documents: one module per format, verbatim, no meaning yet."""
