"""What is legal but probably wrong: warnings about a network that was found sound."""
