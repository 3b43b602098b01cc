"""The run directory: the only code that knows names and formats inside runs/."""
