-- One row is one declared thing: a table, a column, a word that columns hold, a concept, an indicator, a breakdown, a form or one
-- of its rows, a rule, a reason for quarantine.
SELECT * FROM given_dictionary
