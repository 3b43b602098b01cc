"""The lessons: their form, and every command that they tell students to run.

Trainings are run with one epoch; `python docs/lessons.py` runs them in full and holds their results against the tables.
"""

import importlib.util
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

sys.path.append(str(Path(__file__).parent / "cli"))
from blank_pictures import blank_pictures
from command_line import run
from small_runs import write_run

from nettool.front_end import load
from nettool.lessons.lesson import SPOILERS, Lesson, lessons
from nettool.lessons.plain_text import answers, steps

DOCS = Path(__file__).parents[1] / "docs"
LONGEST_LINE = 79
NEED_A_NETWORK = ("train", "inspect")
"""Commands."""


def program(name: str) -> ModuleType:
    """A program of docs/."""
    specification = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module
    specification.loader.exec_module(module)
    return module


in_docs = program("lessons")
each_lesson = pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.name)


def test_they_are_numbered_from_one() -> None:
    assert [each.number for each in lessons()] == list(range(1, len(lessons()) + 1))


@each_lesson
def test_a_lesson_has_its_form(lesson: Lesson) -> None:
    assert list(lesson.sections) == ["The idea", "Your prediction", "Steps", "What you see", "Exercises"]
    assert lesson.text.startswith(f"# {lesson.title}\n\n{lesson.question}\n\nTime: ")
    assert lesson.question.endswith("?")
    assert 15 <= lesson.minutes <= 45
    assert lesson.seconds < 60
    numbered = re.findall(r"^### (\d+)\. ", lesson.sections["Steps"], re.MULTILINE)
    assert numbered == [str(number) for number in range(1, len(numbered) + 1)]
    assert re.findall(r"^### (.*)$", lesson.sections["Exercises"], re.MULTILINE) == [
        "Exercise 1",
        "Exercise 2",
    ]
    assert len(re.findall(r"\n<details>\n<summary>Answer</summary>\n\n", lesson.sections["Exercises"])) == 2
    assert set(SPOILERS) < set(lesson.sections)


@each_lesson
def test_its_lines_fit_a_terminal(lesson: Lesson) -> None:
    shown = [*steps(lesson).splitlines(), *answers(lesson).splitlines()]
    assert [line for line in shown if len(line) > LONGEST_LINE] == []
    assert [line for line in shown if re.search(r"```|\*\*|^#|<|^\|", line)] == []


@each_lesson
def test_the_steps_give_no_answer_away(lesson: Lesson) -> None:
    hidden = re.findall(r"</summary>\n(.*?)</details>", lesson.text, re.DOTALL)
    assert len(hidden) == 2
    said = [
        line for body in hidden for line in re.sub(r"```sh.*?```", "", body, flags=re.DOTALL).splitlines()
    ]
    told = [line for line in said if line and not line.startswith(("```", "|"))]
    assert [line for line in told if line in steps(lesson)] == []
    assert [line for line in told if line.replace("**", "") not in answers(lesson)] == []


@each_lesson
def test_its_specs_are_sound_and_their_data_come_with_nettool(lesson: Lesson) -> None:
    for path in lesson.files[1:]:
        plan, warnings = load(path)
        assert (plan.graph.name, warnings) == (path.stem, ())
        assert plan.data is not None
        assert plan.data.source.name == "digits"
        assert path.name in lesson.text
    assert not re.search(r"\bmnist|cifar", " ".join(each.line for each in in_docs.commands_of(lesson.text)))


@each_lesson
def test_its_pictures_are_those_that_its_commands_draw(lesson: Lesson) -> None:
    drawn = " ".join(each.line for each in in_docs.commands_of(lesson.text))
    made = in_docs.pictures(lesson)
    assert made
    assert all(f"-o {path}" in drawn or path.startswith("runs/") for path in made)
    for name in made.values():
        assert 1_000 < (in_docs.PICTURES / name).stat().st_size < 300_000


def test_there_are_no_other_pictures() -> None:
    named = [name for lesson in lessons() for name in in_docs.pictures(lesson).values()]
    assert sorted(path.name for path in in_docs.PICTURES.iterdir()) == sorted(named)


@each_lesson
def test_a_command_that_needs_no_network_prints_what_the_lesson_shows(
    lesson: Lesson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commands that compare runs are given runs that nobody trained."""
    run_commands(lesson, tmp_path, monkeypatch, lambda word: word not in NEED_A_NETWORK)


@pytest.mark.keras
@each_lesson
def test_a_training_and_a_look_inside_run_as_the_lesson_says(
    lesson: Lesson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A training that the lesson looks into has one epoch; the others load their data and build the network."""
    blank_pictures(monkeypatch)
    run_commands(lesson, tmp_path, monkeypatch, lambda word: word in {*NEED_A_NETWORK, "new"})
    trained = {path.name for path in Path("runs").glob("*")}
    assert all(
        in_docs.measured(Path(), each) >= 0 for each in in_docs.claims(lesson.text) if each.run in trained
    )


def run_commands(
    lesson: Lesson, folder: Path, patch: pytest.MonkeyPatch, is_chosen: Callable[[str], bool]
) -> None:
    """Start the lesson, and run the commands whose first word is chosen, in their order."""
    assert run("lesson", str(lesson.number), str(folder / "lesson")).code == 0
    patch.chdir(folder / "lesson")
    chosen = [each for each in in_docs.commands_of(lesson.text) if is_chosen(each.words[0])]
    for command in chosen:
        verb, *words = command.words
        if verb == "compare":
            for name in words[: words.index("-o")]:
                write_run(Path("runs"), name=name)
        ended = run(verb, *words, *(shortened(words, chosen) if verb == "train" else ()))
        assert (ended.code, command.line) == (command.status, command.line), ended.err
        assert command.lacks(ended.out + ended.err) == []
    drawn = {each.words[-1] for each in chosen if "-o" in each.words}
    assert [path for path in drawn if not Path(path).is_file()] == []


def shortened(training: list[str], commands: list["in_docs.Command"]) -> tuple[str, ...]:
    """The options that make a training short."""
    name = training[training.index("--name") + 1] if "--name" in training else Path(training[0]).stem
    looked_into = {each.words[1] for each in commands if each.words[0] == "inspect"}
    return ("--epochs", "1") if name in looked_into else ("--dry-run",)
