"""What must hold of a whole network: outputs, losses, metrics, masks, sizes, expectations."""
