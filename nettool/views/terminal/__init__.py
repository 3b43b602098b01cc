"""What the terminal shows: the network as a table, data, layers."""
