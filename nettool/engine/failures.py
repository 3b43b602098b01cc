"""What can go wrong once Keras is at work."""

from collections.abc import Iterator
from contextlib import contextmanager

from nettool.diagnostics.diagnostic import Diagnostic
from nettool.diagnostics.source import Span
from nettool.files.picklable_error import PicklableError


class NettoolBug(Exception):
    """nettool and Keras do not agree: never the user's mistake."""

    def __init__(self, what: str) -> None:
        super().__init__(f"this is a mistake in nettool, not in your spec: {what}")


class BuildFailed(PicklableError):
    """Keras refuses a node, a loss, a metric or the optimizer; `span` is where it was written."""

    def __init__(self, node: str, operation: str, reason: str, span: Span | None) -> None:
        super().__init__(f"Keras cannot build `{node}` ({operation}): {reason}")
        self.node = node
        self.reason = reason
        self.span = span

    @property
    def diagnostic(self) -> Diagnostic:
        """What Keras says against the node, at its place."""
        return Diagnostic("NT701", str(self), self.span)


@contextmanager
def refusals(node: str, operation: str, span: Span | None) -> Iterator[None]:
    """Whatever exception Keras or the user's layer refuses something with becomes a BuildFailed."""
    try:
        yield
    except Exception as problem:
        raise BuildFailed(node, operation, _short(problem), span) from problem


def _short(problem: Exception) -> str:
    """Keras's own words, without the dump of every argument that it likes to add."""
    text = str(problem).split("\n\nArguments received by")[0]
    return " ".join(text.split()) or type(problem).__name__


class UserCodeFailed(PicklableError):
    """A Python file of the spec raised while it was run; `line` counts from 1, None when it is not known."""

    def __init__(self, file: str, line: int | None, error: Exception) -> None:
        place = file if line is None else f"{file}, line {line}"
        reason = str(error).split("\n\nArguments received by")[0]
        super().__init__(f"the spec's own code failed ({place}): {type(error).__name__}: {reason}")


class NotPossible(Exception):
    """What is asked for cannot be done on this machine, backend or number of devices; nothing was written."""


class OutOfMemory(PicklableError):
    """The memory of the machine is not enough. `details` are further lines."""

    def __init__(self, reason: str, details: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join((reason, *(f"  {detail}" for detail in details))))


class TrainingFailed(PicklableError):
    """Training cannot go on; `epoch` and `step` count from 1. `details` are further lines."""

    def __init__(self, reason: str, epoch: int, step: int, details: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.epoch = epoch
        self.step = step
        self.details = details

    def __str__(self) -> str:
        return "\n".join((self.reason, *(f"  {detail}" for detail in self.details)))
