"""A path as a value: a relative one starts at the folder of the spec."""

from dataclasses import dataclass
from pathlib import Path

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.printable import is_utf_8
from nettool.diagnostics.source import COMMAND_LINE
from nettool.spec.keys.key import TreeKind
from nettool.spec.keys.values import text, wrong_value
from nettool.spec.yaml.located import Located
from nettool.spec.yaml.tree import Tree

PATH_WORDS = ("path", "file", "filename", "source")
"""Other tools' words for the key of any path."""


@dataclass(frozen=True, slots=True)
class PathKind(TreeKind):
    """A path. `endings` tell which of several keys a path belongs to; an empty one fits any path."""

    endings: tuple[str, ...] = ()

    @property
    def description(self) -> str:
        """What it is."""
        return "a path"

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The path, in the working folder."""
        return self.read_from(Path(), tree, what, findings)

    def read_from(self, folder: Path, tree: Tree, what: str, findings: Findings) -> object | None:
        """The absolute path and its place; None after a report."""
        return path_of(tree, what, folder, findings)

    def likeness(self, written: str) -> int:
        """How many letters of its end show that a path is of this kind; -1 where none of the endings fits."""
        fitting = [len(ending) for ending in self.endings if written.lower().endswith(ending)]
        return max(fitting, default=-1)


def path_of(tree: Tree, what: str, folder: Path, findings: Findings) -> Located[Path] | None:
    """An absolute path; a relative one starts at `folder`, `~` is the user's home.

    One that stands on the command line starts where the command is given.
    """
    written = text(tree, what, findings, "a path")
    if written is None:
        return None
    if "\0" in written.value:
        wrong_value(findings, tree, what, "a path", "no path holds a zero character")
        return None
    try:
        path = Path(written.value).expanduser()
    except RuntimeError:  # `~nobody`: whose home is unknown
        wrong_value(findings, tree, what, "a path", "there is no such user")
        return None
    start = Path() if tree.span.source.name == COMMAND_LINE else folder
    whole = (start / path).absolute()
    if not is_utf_8(str(whole)):
        message = f"a run cannot record the path `{whole}`: it is not UTF-8"
        help_text = "rename its folders, or put the data into another folder"
        findings.add(Diagnostic("NT510", message, tree.span, help=help_text))
        return None
    return Located(whole, tree.span)
