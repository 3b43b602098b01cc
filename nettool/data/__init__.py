"""What we train on: data sets, fields, transforms, tasks. NumPy only."""
