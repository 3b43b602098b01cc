"""CSV files of the user's own: cells to the values of fields."""
