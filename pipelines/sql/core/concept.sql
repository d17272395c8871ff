-- One row is one thing that several forms ask for.
SELECT * FROM given_concept
