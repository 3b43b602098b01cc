"""What happens during a run, as data, as text, and in its log."""
