"""What is done with a spec alone: read, built, drawn, previewed, tried. No run is made or read."""
