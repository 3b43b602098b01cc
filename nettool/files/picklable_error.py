"""Errors that go from process to process, whatever their constructors take."""

from typing import Any


class PicklableError(Exception):
    """An exception that is copied and pickled as it is; Python would call its class with the message alone.

    One that cannot be made again in the parent process would leave a `multiprocessing.Pool` waiting forever.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.args, dict(self.__dict__))


def _again(kind: type[PicklableError], args: tuple[object, ...], facts: dict[str, object]) -> PicklableError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(facts)
    return error
