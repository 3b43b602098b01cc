"""What a model is to learn and how: losses, metrics, optimizer, steps, devices."""
