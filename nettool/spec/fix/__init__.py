"""What a spec becomes when its reader does what the help text of a diagnostic says."""
