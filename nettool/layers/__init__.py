"""What each layer means: its record, and what follows for shapes, weights, masks, costs and options."""
