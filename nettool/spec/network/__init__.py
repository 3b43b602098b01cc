"""The network as a spec writes it: inputs, entries, blocks, views, and the files that it names."""
