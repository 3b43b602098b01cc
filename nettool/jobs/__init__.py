"""What commands and the Python API have in common: one function for each thing that can be asked for."""
