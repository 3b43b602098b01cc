"""The reader of YAML whose values know their places; nothing here knows what a spec is."""
