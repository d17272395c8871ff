-- One row is one sum between two years.
SELECT * FROM given_law
