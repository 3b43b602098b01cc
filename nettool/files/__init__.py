"""Files from outside: what is opened, what users name to be written, locks on files."""
