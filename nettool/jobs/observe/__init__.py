"""What a run's pictures and report show, made when its results are safe."""
