-- One row is one figure of a sum between two years.
SELECT * FROM given_law_term
