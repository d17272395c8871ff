"""Documents to observations: recognise, tables, series, roster, narrative, settle."""
