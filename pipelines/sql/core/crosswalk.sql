-- One row is one figure of one form that belongs to a concept; where a form has several, they add up.
SELECT * FROM given_crosswalk
