"""All runs on one page: a table that sorts and filters, and a line for each run through its settings."""
