"""The frame of every page: one style, one set of colours for light and dark, nothing from outside."""
