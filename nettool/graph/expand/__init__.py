"""The document to nodes: blocks unrolled, names resolved, calls in order, shapes inferred."""
