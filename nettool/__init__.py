"""nettool: draw a neural network as a YAML graph; check, look at, train and record it."""

__version__ = "0.1.0"
