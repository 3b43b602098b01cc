"""What is wrong with a value, and with which part of it."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Fault:
    """`message` is a phrase that completes "`units` ...".

    `path` leads to the part at fault by keys and item numbers (empty: the whole value); with `at_key` it is
    the last key itself. `choices` are the names that would be legal there, if names are.
    """

    message: str
    path: tuple[str | int, ...] = ()
    choices: tuple[str, ...] = ()
    at_key: bool = False

    def inside(self, step: str | int, words: str) -> "Fault":
        """The same fault, seen from the value that holds this one at `step`; `words` come before it."""
        return replace(self, message=f"{words} {self.message}", path=(step, *self.path))
