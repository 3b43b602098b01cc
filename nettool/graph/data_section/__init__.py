"""The `data` section of a spec: a source that can be asked what it holds, and what is done to it."""
