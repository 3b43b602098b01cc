"""The training itself: epochs, what goes on during them, what is kept of them."""
