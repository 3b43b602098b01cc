"""Which classes of a data set a request means, as the numbers that the published files give them."""

from nettool.data.catalogue import DataSet

Classes = int | tuple[str | int, ...] | None
"""How a request writes its classes: how many, which ones by name or number, or all (None)."""


def chosen_classes(classes: Classes, dataset: DataSet) -> tuple[int, ...]:
    """The numbers of the chosen classes; their positions are the new labels. Expects sound classes."""
    if classes is None:
        return tuple(range(len(dataset.classes)))
    if isinstance(classes, int):
        return tuple(range(classes))
    return tuple(number for item in classes if (number := class_number(item, dataset)) is not None)


def class_number(item: str | int, dataset: DataSet) -> int | None:
    """The number of the class that is written by name or by number; None if there is no such class."""
    if isinstance(item, int):
        return item if 0 <= item < len(dataset.classes) else None
    return dataset.classes.index(item) if item in dataset.classes else None
