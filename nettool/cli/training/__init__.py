"""Commands that train, measure and ask a model."""
