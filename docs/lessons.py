"""Runs the lessons in full, checks what they say of their results, and draws docs/lessons/pictures/.

    python docs/lessons.py [NUMBER…]

It runs every command of a lesson as a student would, those of the answers too, and says how long the steps
took: some minutes for all lessons. docs/generate.py writes the pages. tests/test_lessons.py runs the commands
with one epoch for each training, and compares what does not depend on training.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from nettool.lessons.lesson import Lesson, commands, lessons

PAGES = Path(__file__).parent / "lessons"
PICTURES = PAGES / "pictures"
ACCURACY, LOSS = 0.03, 0.2
"""How far a result may be from a lesson's table: an accuracy by so much, a loss by this share of it."""

_FENCED = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"^\| run \|(.*)\|\n\|[- |]*\n((?:\|.*\|\n)+)", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a lesson, and parts of lines that the lesson says it prints."""

    line: str
    shown: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """2 for a command that shows a mistake of the spec."""
        return 2 if any(each.startswith("error[") for each in self.shown) else 0

    @property
    def words(self) -> list[str]:
        """What stands behind `nettool`."""
        program, *words = shlex.split(self.line)
        assert program == "nettool", self.line
        return words

    def lacks(self, printed: str) -> list[str]:
        """What the lesson shows of the command and it did not print; spaces count as one."""
        plain = " ".join(printed.split())
        return [each for each in self.shown if " ".join(each.split()) not in plain]


@dataclass(frozen=True, slots=True)
class Claim:
    """A result in a table of a lesson: the run's name, its metric such as `test_accuracy`, the value."""

    run: str
    metric: str
    value: str

    def agrees(self, measured: float) -> bool:
        """Whether a measured value is near enough to the one that is written."""
        written = float(self.value)
        return abs(measured - written) <= (ACCURACY if "accuracy" in self.metric else LOSS * abs(written))


def commands_of(markdown: str) -> list[Command]:
    """All commands in their order; a block of text shows what the command above it prints."""
    found: list[Command] = []
    for language, body in _FENCED.findall(markdown):
        if language == "sh":
            found += [Command(line) for line in commands(f"```sh\n{body}```")]
        else:
            found[-1] = Command(found[-1].line, tuple(body.splitlines()))
    return found


def claims(markdown: str) -> Iterator[Claim]:
    """The results in tables whose first column is `run`."""
    for head, body in _TABLE.findall(markdown):
        metrics = [cell.strip() for cell in head.split("|")]
        for line in body.splitlines():
            run, *values = [cell.strip() for cell in line.strip("|").split("|")]
            yield from (Claim(run, metric, value) for metric, value in zip(metrics, values, strict=True))


def measured(folder: Path, claim: Claim) -> float:
    """What the newest run of that name in the folder came to."""
    results = json.loads(
        (folder / "runs" / claim.run / "latest" / "results.json").read_text(encoding="utf-8")
    )
    part, _, metric = claim.metric.partition("_")
    return float(results[part][metric])


def pictures(lesson: Lesson) -> dict[str, str]:
    """The pictures of a lesson: where its commands put them, and their names in the folder of pictures."""
    return {path: f"{lesson.folder.name}_{Path(path).name}" for path in _PICTURE.findall(lesson.text)}


def run_lesson(lesson: Lesson, work: Path) -> bool:
    """Run it whole, say what is not as the lesson says, and fetch its pictures; whether all is as it says."""
    click.echo(f"{lesson.number}. {lesson.title}")
    _nettool(["lesson", str(lesson.number), str(work)], work.parent)
    number_of_steps = len(commands(lesson.sections["Steps"]))
    is_right, seconds = True, 0.0
    for number, command in enumerate(commands_of(lesson.text)):
        begun = _processor_seconds()
        ended = _nettool(command.words, work)
        if number < number_of_steps:
            seconds += _processor_seconds() - begun
        printed = ended.stdout + ended.stderr
        if ended.returncode != command.status or command.lacks(printed):
            is_right = False
            click.echo(
                f"{command.line}\n{printed}exit status {ended.returncode}; lacks {command.lacks(printed)}"
            )
    for claim in claims(lesson.text):
        value = measured(work, claim)
        is_right = is_right and claim.agrees(value)
        word = "" if claim.agrees(value) else "   WRONG"
        click.echo(f"  {claim.run} {claim.metric}: {claim.value} written, {value:.4f} measured{word}")
    click.echo(f"  the steps took {seconds:.0f} seconds of processor time, {lesson.seconds} written")
    for made, name in pictures(lesson).items():
        shutil.copyfile(work / made, PICTURES / name)
    return is_right


def _nettool(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "nettool", *words]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False)


def _processor_seconds() -> float:
    """Of all programs that have ended: two cores need no longer than that, however busy they are now."""
    used = os.times()
    return used.children_user + used.children_system


def main() -> None:
    """Run the lessons with these numbers, or all."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    wrong = []
    for lesson in lessons():
        if not sys.argv[1:] or str(lesson.number) in sys.argv[1:]:
            with TemporaryDirectory() as folder:
                is_right = run_lesson(lesson, Path(folder) / "lesson")
            wrong += [] if is_right else [str(lesson.number)]
    sys.exit(f"not as they say: lessons {', '.join(wrong)}" if wrong else 0)


if __name__ == "__main__":
    main()
