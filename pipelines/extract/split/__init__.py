"""Figures that run together, cut where the form's own sums and the prose leave one way only."""
