-- One row is one division of GB/T 2260 under one of its names.
SELECT * FROM given_division
