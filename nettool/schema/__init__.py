"""The spec language as JSON Schema, for editors: made from the tables that the checker reads."""
