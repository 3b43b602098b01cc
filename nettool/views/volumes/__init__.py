"""The network as feature maps: boxes whose size is their shape, and what makes one of the other."""
