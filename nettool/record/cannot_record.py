"""Why nothing more can be written to a run."""


class CannotRecord(Exception):
    """A run's directory cannot be written to any more; the message says why and what to do."""
