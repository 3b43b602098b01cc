"""Which git commit a folder is at, if it is in a repository at all.

A repository's own configuration can name programs: git would run its monitor of files, its filters and hooks.
A repository may be a stranger's, so git reads its files here, but follows nothing that it says except how
files are compared.
"""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

_SECONDS = 5
_PLACES = ("--show-toplevel", "--git-path", "objects", "--git-path", "index", "HEAD")
_COMPARING = r"^core\.(filemode|symlinks|ignorecase|precomposeunicode|autocrlf|eol|trustctime|checkstat)$"
"""What a repository says of its file system and its line ends: without it, unchanged files look changed."""
_NOTHING_ELSE = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
}


@dataclass(frozen=True, slots=True)
class Commit:
    """The commit's hash, and whether tracked files differ from it."""

    hash: str
    dirty: bool


def commit_of(folder: Path) -> Commit | None:
    """The commit; None outside a repository, before its first commit, or when git is missing or silent.

    No program but git itself is run, whatever the repository names.
    """
    found = _git(("-C", str(folder), "rev-parse", "--path-format=absolute", *_PLACES))
    places = [] if found is None else found.splitlines()
    if len(places) != 4:
        return None
    top, objects, index, head = places
    said = _git(("-C", str(folder), "config", "--get-regexp", _COMPARING)) or ""
    settings = [f"{key}={value}" for key, _, value in (line.partition(" ") for line in said.splitlines())]
    with TemporaryDirectory(prefix="nettool-git-") as bare:
        _begin_repository(Path(bare), head)
        surroundings = {
            "GIT_DIR": bare,
            "GIT_WORK_TREE": top,
            "GIT_OBJECT_DIRECTORY": objects,
            "GIT_INDEX_FILE": index,
            **_NOTHING_ELSE,
        }
        options = [word for setting in settings for word in ("-c", setting)]
        # What has changed within a submodule only git in that submodule, with its configuration, would know.
        status = ("status", "--porcelain", "--untracked-files=no", "--ignore-submodules=dirty")
        changes = _git(("-C", top, *options, *status), surroundings)
    return None if changes is None else Commit(head, dirty=bool(changes))


def _begin_repository(folder: Path, head: str) -> None:
    """A repository without a word of configuration, at this commit."""
    (folder / "refs").mkdir()
    (folder / "HEAD").write_text(f"{head}\n", encoding="ascii")
    if len(head) > 40:
        config = "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = sha256\n"
        (folder / "config").write_text(config, encoding="ascii")


def _git(arguments: tuple[str, ...], surroundings: Mapping[str, str] | None = None) -> str | None:
    """What git answers; nothing in the environment says which repository is meant, or what to run."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        answer = subprocess.run(
            ["git", "--no-optional-locks", "--no-pager", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**environment, **(surroundings or {})},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return os.fsdecode(answer.stdout).strip() if answer.returncode == 0 else None
