"""Which classes are meant where a spec names some: by their names first, else by their numbers."""

from dataclasses import dataclass, field

Classes = int | tuple[str | int, ...] | None
"""How a request writes its classes: how many, which ones by name or number, or all (None)."""


@dataclass(frozen=True, slots=True)
class ClassNames:
    """The names of a label's classes, in the order of their numbers, to look up what is written of them."""

    names: tuple[str, ...]
    _number: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers = {name: number for number, name in reversed(tuple(enumerate(self.names)))}
        object.__setattr__(self, "_number", numbers)

    def number(self, written: str | int) -> int | None:
        """The class of this name; failing that, the class of this number; None if there is none."""
        by_name = self._number.get(str(written))
        return self._of_number(written) if by_name is None else by_name

    def two_readings(self, written: str | int) -> tuple[str, str] | None:
        """The two classes that a number can mean, by name and by number, where they differ.

        A number in quotes (a str here) is a name.
        """
        by_name, by_number = self._number.get(str(written)), self._of_number(written)
        if isinstance(written, str) or None in (by_name, by_number) or by_name == by_number:
            return None
        assert by_number is not None
        return str(written), self.names[by_number]

    def _of_number(self, written: str | int) -> int | None:
        text = str(written)
        is_number = text.isascii() and text.isdecimal() and len(text) < 10
        return int(text) if is_number and int(text) < len(self.names) else None


def chosen_classes(classes: Classes, names: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of the chosen classes; their positions are the new labels. Expects sound classes."""
    if classes is None:
        return tuple(range(len(names)))
    if isinstance(classes, int):
        return tuple(range(classes))
    known = ClassNames(names)
    return tuple(number for item in classes if (number := known.number(item)) is not None)


def two_readings_words(written: str | int, readings: tuple[str, str]) -> tuple[str, str]:
    """What is said of a number that is one class's name and another one's number, and how to mend it."""
    by_name, by_number = readings
    message = (
        f"`{written}` can mean two classes: the one named `{by_name}`, or number {written} counted from 0, "
        f"which is named `{by_number}`"
    )
    return message, f'write the name in quotes: "{by_name}" or "{by_number}"'
