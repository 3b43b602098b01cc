"""Keys declared once, and how a section is read by them; which keys there are is said elsewhere."""
