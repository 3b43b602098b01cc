"""The process that trains: Keras loaded on its backend, the devices, seeds, memory. Knows no network."""
