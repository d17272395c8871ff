-- One row is what is due of a kind of body for a year: the day and the form.
SELECT * FROM given_deadline
