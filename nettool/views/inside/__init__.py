"""What is inside a trained network: its weights, what its layers give, what it says and where it is wrong."""
