"""Commands that write, check and explain a spec."""
