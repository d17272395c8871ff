"""What the pipeline speaks about: frozen dataclasses without input or output."""
