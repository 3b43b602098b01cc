"""What became of one spec file in a command that goes through many."""

from dataclasses import dataclass

from nettool.diagnostics.diagnostic import Diagnostic, Severity


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file, what was found in it, and the seconds that it took.

    `failure` says in words why it did not train, `skipped` why it was not tried; both are None otherwise.
    """

    path: str
    diagnostics: tuple[Diagnostic, ...]
    seconds: float = 0.0
    failure: str | None = None
    skipped: str | None = None

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What is wrong, without warnings."""
        return tuple(each for each in self.diagnostics if each.severity is Severity.ERROR)
