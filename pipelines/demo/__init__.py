"""A corpus of synthetic reports for trying everything out: no figure in it was published by anybody."""
