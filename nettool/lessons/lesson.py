"""A lesson, read from its folder: what it asks, how long it takes, its text, its files.

The text is Markdown in a fixed form, which a test holds: a title; the question as a paragraph of its own; the
time; then the sections `The idea`, `Your prediction`, `Steps`, `What you see` and `Exercises`.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).parent
TEXT = "lesson.md"
SPOILERS = ("What you see",)
"""Sections that are read after the steps."""

_FOLDER_NAME = re.compile(r"(\d+)_(\w+)")
_TIME = re.compile(r"^Time: (\d+) minutes\. The commands take about (\d+) seconds", re.MULTILINE)
_SECTION = re.compile(r"^## (.*)$", re.MULTILINE)
_SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Lesson:
    """One lesson. `folder` holds `lesson.md` and the specs; its name is `name` behind the number."""

    number: int
    name: str
    folder: Path

    @cached_property
    def text(self) -> str:
        """The Markdown of the lesson."""
        return (self.folder / TEXT).read_text(encoding="utf-8")

    @property
    def title(self) -> str:
        """What the lesson is about."""
        return self._paragraphs[0].removeprefix("# ")

    @property
    def question(self) -> str:
        """What the lesson answers."""
        return " ".join(self._paragraphs[1].split()).strip("*")

    @property
    def minutes(self) -> int:
        """The time that a student needs."""
        return int(self._time[1])

    @property
    def seconds(self) -> int:
        """The time that the commands need on two processor cores."""
        return int(self._time[2])

    @property
    def sections(self) -> dict[str, str]:
        """The Markdown of each section by its title, in their order."""
        _, *parts = _SECTION.split(self.text)
        return {title: body.strip("\n") for title, body in zip(parts[::2], parts[1::2], strict=True)}

    @property
    def files(self) -> tuple[Path, ...]:
        """What a student gets: the text, and the specs in the order of their names."""
        return (self.folder / TEXT, *sorted(self.folder.glob("*.yaml")))

    @property
    def _paragraphs(self) -> list[str]:
        return self.text.split("\n\n")

    @property
    def _time(self) -> re.Match[str]:
        found = _TIME.search(self.text)
        assert found is not None, f"{self.folder}: no line says how long the lesson takes"
        return found


def lessons() -> tuple[Lesson, ...]:
    """All lessons in their order."""
    found = ((folder, _FOLDER_NAME.fullmatch(folder.name)) for folder in sorted(FOLDER.iterdir()))
    return tuple(Lesson(int(name[1]), name[2], folder) for folder, name in found if name is not None)


def commands(markdown: str) -> list[str]:
    """The commands in a part of a lesson, in their order."""
    lines = "".join(_SHELL.findall(markdown)).replace("\\\n", " ").splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]
