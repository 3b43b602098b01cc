"""Fields of the data to inputs and outputs: who feeds whom, what is the target, in which form."""
