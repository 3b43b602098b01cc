"""Which git commit a folder is at, if it is in a repository at all."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Commit:
    """The commit's hash, and whether tracked files differ from it."""

    hash: str
    dirty: bool


def commit_of(folder: Path) -> Commit | None:
    """The commit; None outside a repository, before its first commit, or when git is missing or silent."""
    head = _git(folder, "rev-parse", "--verify", "HEAD")
    changes = _git(folder, "status", "--porcelain", "--untracked-files=no")
    if not head or changes is None:
        return None
    return Commit(head, dirty=bool(changes))


def _git(folder: Path, *arguments: str) -> str | None:
    command = ["git", "--no-optional-locks", "-C", str(folder), *arguments]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None
