"""What a command writes to, and how it ends: streams, events, files, errors, exit status."""
