-- One row is one raw file that is not a readable report, and why.
SELECT * FROM given_quarantine
