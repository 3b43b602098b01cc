"""Who called nettool: a message names what its reader can change, an option or an argument.

Messages are made where something goes wrong, also in threads that load data; so this is known to the whole
process, and the command line says it once.
"""

from collections.abc import Iterator
from contextlib import contextmanager

_on_command_line = False


@contextmanager
def on_command_line() -> Iterator[None]:
    """While it lasts, messages are for someone who typed a command; before and after, for a program."""
    global _on_command_line
    before, _on_command_line = _on_command_line, True
    try:
        yield
    finally:
        _on_command_line = before


def by_caller(*, command_line: str, python: str) -> str:
    """The words for who called."""
    return command_line if _on_command_line else python


def option(name: str) -> str:
    """What a caller sets by: `--data-dir` as it is, or the argument `data_dir` in backticks."""
    return by_caller(command_line=f"--{name.replace('_', '-')}", python=f"`{name}`")


def argument(name: str, value: str | int) -> str:
    """`--batch-size 32` or `batch_size=32`, in backticks."""
    return by_caller(
        command_line=f"`--{name.replace('_', '-')} {value}`",
        python=f'`{name}="{value}"`' if isinstance(value, str) else f"`{name}={value}`",
    )


def override(path: str, value: object) -> str:
    """`--set data.limit=100` or `{"data.limit": 100}`, in backticks."""
    return by_caller(command_line=f"`--set {path}={value}`", python=f'`{{"{path}": {value}}}`')
