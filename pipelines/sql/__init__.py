"""The tables of the warehouse as SQL: one file, one SELECT; the first comment says what one row is."""
