"""Commands that look at a network and its data."""
