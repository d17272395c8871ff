-- One row is one indicator of the dictionary.
SELECT * FROM given_indicator
