"""What is done to the samples of a part on the way to its columns: one step a file, images stay uint8."""
