"""What the file says: located YAML, a typed document, overrides, expressions. Knows no layer and no shape."""
