"""The network as a page to look around in: blocks open and close, a node shows all about itself."""
