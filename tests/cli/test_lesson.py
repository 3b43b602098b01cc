"""`nettool lesson`: the list, and the files of a lesson in a folder of its own, never over one that is there."""

import json
import os
from pathlib import Path

import pytest
from command_line import run

from nettool.cli.main import cli
from nettool.lessons.lesson import lessons


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_list_has_each_lesson_with_its_question_and_time() -> None:
    ended = run("lesson")
    assert (ended.code, ended.err) == (0, "")
    for each in lessons():
        line = f"{each.number:>2}  {each.title}  ({each.minutes} minutes)\n    {each.question}\n"
        assert line in ended.out
    assert ended.out.endswith("\n`nettool lesson 1` starts the first one.\n")
    assert max(map(len, ended.out.splitlines())) < 80


def test_the_list_as_json() -> None:
    listed = json.loads(run("lesson", "--json").out)
    assert [each["number"] for each in listed] == [each.number for each in lessons()]
    assert set(listed[0]) == {"number", "name", "title", "question", "minutes", "seconds"}


def test_a_lesson_s_files_are_put_into_a_folder_and_its_steps_are_printed() -> None:
    ended = run("lesson", "6")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("wrote lesson_6/ with lesson.md, plain.yaml, residual.yaml\n\nLesson 6: ")
    assert "\n    nettool train plain.yaml\n    nettool train residual.yaml\n" in ended.out
    assert ended.out.endswith(
        "Begin with:  cd lesson_6   (lesson.md there has this text, too)\n"
        "At the end:  nettool lesson 6 --answers\n"
    )
    lesson = lessons()[5]
    assert {path.name: path.read_bytes() for path in Path("lesson_6").iterdir()} == {
        path.name: path.read_bytes() for path in lesson.files
    }
    assert [path.name for path in Path().iterdir()] == ["lesson_6"]


def test_a_lesson_that_was_started_is_left_as_it_is_and_its_steps_are_printed_again() -> None:
    first = run("lesson", "residual", "mine").out
    Path("mine/plain.yaml").write_text("changed\n")
    ended = run("lesson", "6", "mine")
    assert ended.code == 0
    assert ended.out.startswith("mine/ is there already, left as it is\n")
    assert ended.out.split("\n", 1)[1] == first.split("\n", 1)[1]
    assert Path("mine/plain.yaml").read_text() == "changed\n"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["lesson", "11"], "there is no lesson `11`: `nettool lesson` lists them"),
        (["lesson", "../x"], "there is no lesson `../x`"),
        (["lesson", "--answers"], "say which lesson, such as `nettool lesson 6 --answers`"),
        (["lesson", "6", "taken"], "there is a folder or file `taken` already: name another one"),
        (["lesson", "6", "file"], "there is a folder or file `file` already"),
        (["lesson", "6", "lost"], "there is a folder or file `lost` already"),
    ],
)
def test_a_wrong_call_writes_nothing(arguments: list[str], complaint: str) -> None:
    Path("taken").mkdir()
    Path("file").write_text("mine\n")
    Path("lost").symlink_to("nowhere")
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err
    assert sorted(path.name for path in Path().rglob("*")) == ["file", "lost", "taken"]


def test_a_folder_that_cannot_be_made_whole_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    for step in ("copyfile", "mkdtemp"):
        with monkeypatch.context() as patch:
            patch.setattr(f"nettool.jobs.start_lesson.{step}", full)
            ended = run("lesson", "6")
        assert ended.code == 1
        assert "No space left on device" in ended.err
        assert ".writing" not in ended.err
        assert list(Path().iterdir()) == []


def test_a_started_lesson_as_json() -> None:
    said = json.loads(run("lesson", "6", "--json").out)
    assert (said["number"], said["folder"], said["written"]) == (6, "lesson_6", True)
    assert said["files"] == ["lesson.md", "plain.yaml", "residual.yaml"]
    assert "nettool train plain.yaml" in said["steps"]
    assert json.loads(run("lesson", "6", "--json").out)["written"] is False


def test_the_answers_are_printed_without_writing_anything() -> None:
    ended = run("lesson", "6", "--answers")
    assert (ended.code, ended.err) == (0, "")
    assert "\nWhat you see\n" in ended.out
    assert ended.out.count("\nAnswer:\n") == 2
    assert json.loads(run("lesson", "6", "--answers", "--json").out)["text"] == lessons()[5].text
    assert list(Path().iterdir()) == []


def test_numbers_are_completed_with_their_titles() -> None:
    from click.shell_completion import ShellComplete

    complete = ShellComplete(cli, {}, "nettool", "_NETTOOL_COMPLETE")
    found = complete.get_completions(["lesson"], "1")
    assert [(each.value, each.help) for each in found] == [
        (str(each.number), each.title) for each in lessons() if str(each.number).startswith("1")
    ]


def test_a_teacher_finds_the_lessons_first_in_the_help() -> None:
    assert run("--help").out.index("\nLearn:\n  lesson ") < run("--help").out.index("\nWrite and check")


@pytest.mark.parametrize("kind", ["a pipe", "a device", "a folder", "larger than memory"])
def test_what_stands_for_the_text_of_a_lesson_and_is_none_is_not_waited_for(kind: str) -> None:
    Path("mine").mkdir()
    text = Path("mine/lesson.md")
    if kind == "a pipe":
        os.mkfifo(text)
    elif kind == "a device":
        text.symlink_to("/dev/zero")
    elif kind == "a folder":
        text.mkdir()
    else:
        with text.open("wb") as file:
            file.truncate(1 << 42)
    ended = run("lesson", "6", "mine")
    assert ended.code == 2
    assert "there is a folder or file `mine` already" in ended.err
