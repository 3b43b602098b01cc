"""Files of data: how each format is read, how archives are unpacked, and the checksums of files."""
