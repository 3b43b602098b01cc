"""The layers, one record each, in the file of their family. No file here knows the catalogue."""
