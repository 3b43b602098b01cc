"""Mistakes in what was asked for, such as a run that does not exist."""

from nettool.diagnostics.caller import by_caller
from nettool.files.picklable_error import PicklableError


class CallError(PicklableError):
    """What was asked for cannot be done: there is no such run, no such model, nothing left to train.

    Nothing was written. The message is one sentence without a full stop; `argument` names what was asked for
    wrongly, where the sentence does not.
    """

    def __init__(self, message: str, argument: str | None = None) -> None:
        super().__init__(message)
        self.argument = argument


class NothingToResume(CallError):
    """The run has no epochs left to train; more than `done` epochs resume it, None where nothing does."""

    def __init__(self, reason: str, done: int | None = None) -> None:
        more = by_caller(command_line=f"`--epochs N` with an N above {done}", python=f"`epochs` above {done}")
        super().__init__(reason if done is None else f"{reason}; {more} resumes it")
