"""What a network is trained for and how: losses, metrics, settings of training, expectations."""
