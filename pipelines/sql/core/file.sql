-- One row is one name of one raw file.
SELECT * FROM given_file
