"""The command line: one thin command per file; one place turns errors into text and exit codes."""
