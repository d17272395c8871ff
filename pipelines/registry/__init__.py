"""Declared facts: dictionary, forms, identities, wording, rules and tables, loaded once and validated."""
