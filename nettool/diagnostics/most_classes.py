"""How many classes a label can have: a network would need an output for each."""

MOST_CLASSES = 100_000
