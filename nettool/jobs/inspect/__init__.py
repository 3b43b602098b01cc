"""A run looked into: its weights, what its nodes give for samples, and what it classifies wrongly."""
