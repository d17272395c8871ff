-- One row is how far a concept can be compared from one form to the next.
SELECT * FROM given_passage
