"""`nettool lesson`: ten lessons, from a first network to reading curves."""

import json
from pathlib import Path
from shlex import quote

import click

from nettool.cli.command import command
from nettool.cli.options.common import json_option
from nettool.cli.options.complete import lesson_numbers
from nettool.diagnostics.printable import one_line
from nettool.lessons.lesson import Lesson, commands, lessons


@command(
    examples=(
        "nettool lesson                  which lessons are there?",
        "nettool lesson 6                start lesson 6 in the folder lesson_6",
        "nettool lesson 6 --answers      afterwards: what you should have seen",
    )
)
@click.argument("number", required=False, shell_complete=lesson_numbers)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--answers", "is_after", is_flag=True, help="Print what to see, and answers; write nothing.")
@json_option
def lesson(number: str | None, folder: Path | None, is_after: bool, as_json: bool) -> None:
    """List the lessons, or start lesson NUMBER: put its files into FOLDER and print its steps.

    A lesson asks a question. You write down a prediction, run some commands, and compare. No lesson needs a
    download, and the commands of each take less than a minute.

    FOLDER is lesson_NUMBER where you name none. A folder that is there already is left as it is.
    """
    if number is None and is_after:
        raise click.UsageError("say which lesson, such as `nettool lesson 6 --answers`")
    if number is None:
        click.echo(json.dumps([_facts(each) for each in lessons()]) if as_json else _list())
        return
    chosen = _chosen(number)
    if is_after:
        from nettool.lessons.plain_text import answers

        click.echo(json.dumps(_facts(chosen) | {"text": chosen.text}) if as_json else answers(chosen))
        return
    _start(chosen, folder or Path(f"lesson_{chosen.number}"), as_json)


def _start(chosen: Lesson, folder: Path, as_json: bool) -> None:
    from nettool.jobs.start_lesson import start_lesson
    from nettool.lessons.plain_text import steps

    is_new = start_lesson(chosen, folder)
    names = [each.name for each in chosen.files]
    if as_json:
        done = {"folder": str(folder), "files": names, "written": is_new, "steps": _steps(chosen)}
        click.echo(json.dumps(_facts(chosen) | done))
        return
    where = one_line(str(folder))
    did = f"wrote {where}/ with {', '.join(names)}" if is_new else f"{where}/ is there already, left as it is"
    click.echo(f"{did}\n\n{steps(chosen)}\n")
    click.echo(f"Begin with:  cd {quote(str(folder))}   (lesson.md there has this text, too)")
    click.echo(f"At the end:  nettool lesson {chosen.number} --answers")


def _steps(chosen: Lesson) -> list[str]:
    return commands(chosen.sections["Steps"])


def _chosen(number: str) -> Lesson:
    found = next((each for each in lessons() if number in (str(each.number), each.name)), None)
    if found is None:
        raise click.UsageError(f"there is no lesson `{number}`: `nettool lesson` lists them")
    return found


def _facts(each: Lesson) -> dict[str, object]:
    return {
        "number": each.number,
        "name": each.name,
        "title": each.title,
        "question": each.question,
        "minutes": each.minutes,
        "seconds": each.seconds,
    }


def _list() -> str:
    """A line for each lesson with its title and time, and its question below."""
    lines = [
        f"{each.number:>2}  {each.title}  ({each.minutes} minutes)\n    {each.question}" for each in lessons()
    ]
    return "\n".join([*lines, "", "`nettool lesson 1` starts the first one."])
