"""The files of a run, one module for each: its name, what it holds, how it is read and written."""
