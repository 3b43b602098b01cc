"""Models and states of a training, with the statistics of their weights."""
