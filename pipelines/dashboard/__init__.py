"""The static site that shows what was read, what is wrong with it and where each figure stands."""
