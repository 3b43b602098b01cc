"""A saved model measured, on data that are prepared as the run's own were."""
