"""Where data come from: a file for each origin with its keys, its messages and the source that it makes."""
