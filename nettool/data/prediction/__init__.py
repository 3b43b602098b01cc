"""New samples for a trained network: read from the user's files, and prepared as its training data were."""
