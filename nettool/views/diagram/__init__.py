"""The network as a drawing: Graphviz, Mermaid, and what both say of a node."""
