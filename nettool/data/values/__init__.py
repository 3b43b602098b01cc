"""What columns hold, beside plain arrays: read lazily, compared, summed up, checked against a type."""
