"""What each layer means: its options, what it does to shapes, how many parameters it has. No Keras here."""
