"""What the network is: blocks expanded, nodes ordered, shapes inferred, outputs, losses and data checked."""
