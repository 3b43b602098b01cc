"""The data sets that nettool knows by name: what is published, where it lies, how it is fetched and read."""
