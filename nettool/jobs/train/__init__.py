"""Trainings from their beginning: of a spec, of a stopped run, of a finished one once more."""
