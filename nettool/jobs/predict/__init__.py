"""A saved model asked about samples, and how its outputs are to be understood."""
