"""Where data come from: each file is one kind of source, known by what it states before it is read."""
