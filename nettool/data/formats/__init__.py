"""How data sets are written in files, and how they are read: one format a file."""
