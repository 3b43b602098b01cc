"""Images of the user's own in a folder for each class, packed or not."""
