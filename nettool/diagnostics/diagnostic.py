"""A mistake (or a warning) as data: code, message, the place, the other parties, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from nettool.diagnostics.printable import printable
from nettool.diagnostics.source import COMMAND_LINE, Span
from nettool.files.picklable_error import PicklableError


class Severity(StrEnum):
    """How bad it is: an error stops the work, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Label:
    """Another place that plays a part, and what it does there."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to tell the user about what they wrote.

    `message` is one sentence without a full stop, in the user's own names (in backquotes). `label` stands
    beside the marked characters. `notes` are further facts; `help` says what to do.
    """

    code: str
    message: str
    span: Span | None = None
    label: str = ""
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    help: str | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """In one line that only prints: the place, the code, the message, what to do."""
        place = "" if self.span is None else f"{_place_text(self.span)}: "
        advice = "" if self.help is None else f": {self.help}"
        return printable(f"{place}{self.severity} {self.code}: {self.message}{advice}")


def _place_text(span: Span) -> str:
    option, _, said = span.source.text.partition(" ")
    if span.source.name == COMMAND_LINE and option == "--set":
        return f"override `{said}`"
    if span.source.name == COMMAND_LINE:
        return f'data="{said}"'
    return f"{span.source.name}:{span.line}:{span.column}"


MOST_ERRORS = 1_000
"""Errors that are printed: whoever has more mends these first."""
_NO_MORE = f"the check ends with this error, the {MOST_ERRORS:,}th: there may be more"


class TooManyErrors(Exception):
    """There are more errors than anyone reads: the work that finds them ends."""


class Findings:
    """The diagnostics of a piece of work, in the order in which they were found."""

    def __init__(self) -> None:
        self._diagnostics: dict[Diagnostic, None] = {}
        self._errors = 0
        self._printed = 0

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep one diagnostic; one that says the same of the same place is kept once.

        Raises TooManyErrors after the last error that is printed.
        """
        if diagnostic.severity is Severity.ERROR:
            self._errors += 1
            self._printed += diagnostic not in self._diagnostics
            if self._printed == MOST_ERRORS:
                self._diagnostics[replace(diagnostic, notes=(*diagnostic.notes, _NO_MORE))] = None
                raise TooManyErrors
        self._diagnostics.setdefault(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep several diagnostics."""
        for diagnostic in diagnostics:
            self.add(diagnostic)

    @property
    def has_errors(self) -> bool:
        """Whether anything found is an error."""
        return self.error_count > 0

    @property
    def error_count(self) -> int:
        """How many errors were found so far, one that was found again counted again.

        So a step that finds what another use of the same block found before knows that it failed, too.
        """
        return self._errors

    def in_file_order(self) -> tuple[Diagnostic, ...]:
        """All of them, sorted by place; those without a place come last."""
        return tuple(sorted(self._diagnostics, key=_place))


def _place(diagnostic: Diagnostic) -> tuple[int, str, int, int]:
    span = diagnostic.span
    if span is None:
        return (1, "", 0, 0)
    return (0, span.source.name, span.line, span.column)


class SpecError(PicklableError):
    """The spec (or the call) is wrong; carries every diagnostic of the work that failed.

    Its text is a line for each.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics
