"""A run as one page: the verdict, the network, the curves, what came of each output, and how to repeat it."""
