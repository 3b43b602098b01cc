"""How files reach the disk, and how they are read back: whole or not at all, by their forms."""
