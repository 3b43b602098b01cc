"""Which family a layer belongs to, for colours and legends."""

from nettool.layers.catalogue import catalogue


def family_of(operation: str) -> str:
    """The family of a Keras class; `other` for a class that the catalogue does not list (a user's own)."""
    if operation == "InputLayer":
        return "input"
    definition = catalogue().get(operation)
    return "other" if definition is None else definition.family
