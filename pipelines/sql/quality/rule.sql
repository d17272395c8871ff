-- One row is one rule of the catalogue: sums of the forms and all others.
SELECT * FROM given_rule
