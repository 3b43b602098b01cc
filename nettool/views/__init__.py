"""Ways to look: summary, diagram, curves, confusion. Takes plain data, gives text or pictures."""
