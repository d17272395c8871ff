-- One row is one printed row of an official form.
SELECT * FROM given_form_row
