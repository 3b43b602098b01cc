"""What a run may be called."""

from nettool.jobs.call_error import CallError
from nettool.record.run_directory import LATEST


def checked_name(name: str) -> str:
    """The name itself. Raises CallError when it would make a bad folder's name."""
    if not all(letter.isalnum() or letter in "_-." for letter in name) or not name[:1].isalnum():
        raise CallError(f"`{name}` cannot be a run's name: letters, digits, `_`, `-` and `.` can")
    return not_latest(name)


def not_latest(name: str) -> str:
    """The name itself, whoever chose it. Raises CallError where it would mean the newest run."""
    if name == LATEST:
        raise CallError(f"a run cannot be called `{LATEST}`, which means the newest run: choose another name")
    return name
