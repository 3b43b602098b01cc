"""What stops the work when the data are not there or are not what they should be."""

from collections.abc import Iterator
from contextlib import contextmanager

from nettool.diagnostics.printable import printable
from nettool.files.picklable_error import PicklableError

KeyPath = tuple[str | int, ...]
"""Keys and item numbers that lead from the `data` section to a part of it: `("columns", "price")`.

Whoever follows the path leaves out steps that a spec does not write, as it uses a shorter notation.
"""


class DataError(PicklableError):
    """The data cannot be used. `message` is one sentence without a full stop; `details` are further lines.

    `key` is where the mistake is to be mended in the `data` section; empty where that is not known.
    """

    def __init__(self, message: str, details: tuple[str, ...] = (), key: KeyPath = ()) -> None:
        super().__init__(message, details)
        self.message = message
        self.details = details
        self.key = key

    def __str__(self) -> str:
        return printable("\n".join((self.message, *(f"  {detail}" for detail in self.details))))


class DataMissing(DataError):
    """The data are neither on this machine nor to be had; the details say where to put them."""


@contextmanager
def at_key(*key: str | int) -> Iterator[None]:
    """A DataError raised within the block is to be mended at this key, unless it names another one."""
    try:
        yield
    except DataError as error:
        error.key = error.key or key
        raise
