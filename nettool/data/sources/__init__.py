"""Where data come from: a class for each kind of source, which states what it holds before it is read."""
