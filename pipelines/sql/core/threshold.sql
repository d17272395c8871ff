-- One row is one number that checks compare with.
SELECT * FROM given_threshold
