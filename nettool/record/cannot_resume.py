"""Why a run cannot be taken up."""


class CannotResume(Exception):
    """A run cannot be taken up; the message says why and what to do."""
