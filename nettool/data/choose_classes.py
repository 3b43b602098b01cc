"""Which classes of a label a request means, as the numbers that the source gives them."""

Classes = int | tuple[str | int, ...] | None
"""How a request writes its classes: how many, which ones by name or number, or all (None)."""


def chosen_classes(classes: Classes, names: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of the chosen classes; their positions are the new labels. Expects sound classes."""
    if classes is None:
        return tuple(range(len(names)))
    if isinstance(classes, int):
        return tuple(range(classes))
    return tuple(number for item in classes if (number := class_number(item, names)) is not None)


def class_number(item: str | int, names: tuple[str, ...]) -> int | None:
    """The number of the class that is written by name or by number; None if there is no such class."""
    if isinstance(item, int):
        return item if 0 <= item < len(names) else None
    return names.index(item) if item in names else None
