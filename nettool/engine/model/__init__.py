"""The Keras model of a graph: built, checked against the graph, its tensors, weights and state."""
