"""What is inside a trained network: its weights, what its layers give, its predictions."""
