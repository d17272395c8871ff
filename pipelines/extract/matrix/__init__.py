"""Tables with several columns: requests by applicant, cases by outcome, documents by what became of them."""
