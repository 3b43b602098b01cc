"""A lesson as plain text for the terminal: what stands in Markdown for a page, without its signs."""

import re
import textwrap

from nettool.lessons.lesson import SPOILERS, Lesson
from nettool.views.terminal.table import table

_FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ANSWER = re.compile(r"\n*<details>\n<summary>.*?</summary>\n(.*?)</details>", re.DOTALL)
_PICTURE = re.compile(r"^!\[(.*)\]\((.*)\)$", re.MULTILINE)
_TABLE = re.compile(r"^\|(.*)\|\n\|[- |]*\|\n((?:\|.*\|\n)+)", re.MULTILINE)
_HEADING = re.compile(r"^###? (.*)$", re.MULTILINE)
_INDENT = "    "
_WIDTH = 79
"""Columns; the lines of the text itself are no longer."""


def steps(lesson: Lesson) -> str:
    """The lesson without its results and answers: the idea, the prediction, the steps, the exercises."""
    parts = [f"Lesson {lesson.number}: {lesson.title}", lesson.question]
    parts += [
        f"## {title}\n\n{_ANSWER.sub('', body)}"
        for title, body in lesson.sections.items()
        if title not in SPOILERS
    ]
    return _plain("\n\n".join(parts))


def answers(lesson: Lesson) -> str:
    """What there was to see, and the exercises with their answers."""
    parts = [f"Lesson {lesson.number}: {lesson.title}"]
    parts += [
        f"## {title}\n\n{_ANSWER.sub(_shown_answer, body)}"
        for title, body in lesson.sections.items()
        if title in SPOILERS or "<details>" in body
    ]
    return _plain("\n\n".join(parts))


def _shown_answer(found: re.Match[str]) -> str:
    return "\n\nAnswer:\n\n" + found[1].strip("\n")


def _plain(markdown: str) -> str:
    text = _FENCED.sub(lambda match: _indented(match[1]), markdown)
    text = _PICTURE.sub(lambda match: textwrap.fill(f"[{match[2]}] {match[1]}", _WIDTH), text)
    text = _TABLE.sub(_aligned, text)
    return _HEADING.sub(_heading, text).replace("**", "")


def _indented(body: str) -> str:
    return "\n".join((_INDENT + line).rstrip() for line in body.rstrip("\n").split("\n"))


def _aligned(found: re.Match[str]) -> str:
    rows = [found[1], *(line.strip("|") for line in found[2].splitlines())]
    lines = table([[cell.strip() for cell in row.split("|")] for row in rows])
    return "".join(f"{_INDENT}{line}\n" for line in lines)


def _heading(found: re.Match[str]) -> str:
    """Sections are underlined; the steps within one are not."""
    title = found[1]
    return title if found[0].startswith("###") else f"{title}\n{'-' * len(title)}"
