"""A run as one page: the verdict, the network, the curves, each output, and how to repeat it."""
