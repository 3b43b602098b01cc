"""A model measured on a set of data, asked for predictions, or opened from a file."""
