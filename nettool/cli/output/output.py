"""How much a command prints, and in which form."""

import sys
from dataclasses import dataclass
from shutil import get_terminal_size


def terminal_width() -> int | None:
    """The columns of the terminal that standard output is; None where it is none: there lines stay whole."""
    return get_terminal_size().columns if sys.stdout.isatty() else None


@dataclass(frozen=True, slots=True)
class Output:
    """How much a command prints, and in which form."""

    is_quiet: bool = False
    as_json: bool = False

    @property
    def is_for_people(self) -> bool:
        """Whether bars and words about waiting are welcome."""
        return not (self.is_quiet or self.as_json)

    @property
    def has_bars(self) -> bool:
        """Whether bars can be drawn on standard error."""
        return self.is_for_people and sys.stderr.isatty()
