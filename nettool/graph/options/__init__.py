"""Each entry by itself: is there such a layer, has it these options, may they have these values."""
