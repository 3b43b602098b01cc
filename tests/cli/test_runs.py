"""`nettool runs`: what was trained, listed; and runs removed, renamed, opened."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from math import nan
from pathlib import Path

import click
import pytest
from command_goldens import assert_printed
from command_line import run
from small_runs import EPOCHS, NOON, PROVENANCE, write_run

from nettool.record.files.results import CheckedExpectation
from nettool.record.run_directory import RunDirectory
from nettool.record.runs.lock import locked


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


@pytest.fixture
def runs() -> Path:
    """Runs of every status but running, and something that is none."""
    path = Path("runs")
    write_run(path, expectations=(CheckedExpectation("test_accuracy", "at least", 0.9, 0.8612, held=False),))
    seeded = replace(
        PROVENANCE,
        command=(*PROVENANCE.command, "--seed", "3", "--runs-dir", "runs", "--data-dir", "/data"),
        overrides=("train.seed=3",),
        seed=3,
    )
    write_run(path, at=NOON + minutes(1), provenance=seeded, test={"loss": 0.4, "accuracy": 0.9})
    write_run(path, at=NOON + minutes(2), state="interrupted", why="stopped by the user", epochs=EPOCHS[:2])
    figures = {"loss": 0.2, "digit_accuracy": 0.9, "parity_accuracy": 0.99, "parity_auc": 0.999}
    write_run(path, name="two_outputs", at=NOON + minutes(3), test=figures)
    write_run(path, name="two_outputs", at=NOON + minutes(4), state="failed", why="no memory", epochs=())
    write_run(path, name="autoencoder", at=NOON + minutes(5), test={"loss": nan})
    write_run(path, name="autoencoder", at=NOON + minutes(6), state=None, epochs=EPOCHS[:1])
    Path("runs/backup/old").mkdir(parents=True)
    damaged = write_run(path, name="damaged")
    (damaged.path / "results.json").write_text("{")
    return path


NOTES = (
    "note: skipped runs/backup/old: it is no run: it has no status.json\n"
    "note: skipped runs/damaged/20250301-120000: results.json is damaged: it is not JSON\n"
)


def test_folders_that_may_not_be_read_hide_no_other_run(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = runs / "private"
    write_run(runs, name="private")
    write_run(runs, name="private_run", at=NOON + timedelta(days=3000))
    newest = next(path for path in (runs / "private_run").iterdir() if not path.is_symlink())
    opened, looked_at = Path.iterdir, Path.is_file

    def iterdir(path: Path) -> object:
        if path == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path)

    def is_file(path: Path) -> bool:
        if newest in path.parents:
            raise PermissionError(13, "Permission denied", str(path))
        return looked_at(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    monkeypatch.setattr(Path, "is_file", is_file)
    ended = run("runs")
    assert (ended.code, "two_outputs/" in ended.out) == (0, True), ended.err
    assert "note: skipped runs/private: Permission denied\n" in ended.err
    assert run("show", "latest").code == 0


@pytest.mark.usefixtures("runs")
@pytest.mark.parametrize(
    ("golden", "arguments"),
    [
        ("runs.txt", []),
        ("runs_by_test.txt", ["--sort", "test", "--name", "digits*", "--name", "two_*"]),
        ("runs_finished.txt", ["--status", "finished", "--sort", "time", "--reverse"]),
        ("runs.md", ["--markdown"]),
        ("runs_newest.md", ["--markdown", "--newest", "--sort", "name"]),
        ("runs.json", ["--json"]),
    ],
)
def test_runs_are_listed_and_what_is_no_run_is_passed_over_with_a_note(
    golden: str, arguments: list[str]
) -> None:
    ended = run("runs", *arguments)
    assert (ended.code, ended.err) == (0, NOTES)
    assert_printed(golden, ended.out)


def test_a_run_that_goes_on_is_running_until_its_process_is_gone() -> None:
    directory = write_run(Path("runs"), state=None)
    with locked(directory):
        assert "  running  " in run("runs").out
    assert "  killed  " in run("runs").out


def test_where_there_is_none_that_is_said() -> None:
    assert run("runs").out == "there are no runs in runs/\n"
    write_run(Path("runs"))
    assert run("runs", "--status", "failed").out == "there are no such runs in runs/\n"
    assert json.loads(run("runs", "--status", "failed", "--json").out) == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["runs", "--json", "--markdown"], "only one of --json, --markdown and --html"),
        (
            ["runs", "--runs-dir", "x", "rm", "digits_mlp"],
            "write --runs-dir behind `rm`, if it belongs there",
        ),
        (["runs", "--json", "open", "digits_mlp"], "write --json behind `open`, if it belongs there"),
        (["runs", "rm", "nothing"], "there is no run `nothing` (runs are sought in runs/)"),
        (["runs", "rename", "digits_mlp", "a/b"], "`a/b` cannot be a run's name"),
        (["runs", "rename", "digits_mlp", "latest"], "a run cannot be called `latest`"),
        (["runs", "rename", "digits_mlp", "digits_mlp"], "is called `digits_mlp` already"),
        (
            ["runs", "elsewhere"],
            "elsewhere is a folder: `nettool runs --runs-dir elsewhere` lists the runs in it",
        ),
        (["runs", "rm", "--yes", "elsewhere/a/20250301-120000"], "is not one of the runs in runs/"),
    ],
)
def test_a_wrong_call_ends_with_2_and_changes_nothing(arguments: list[str], complaint: str) -> None:
    write_run(Path("runs"))
    write_run(Path("elsewhere"), name="a")
    before = sorted(Path().rglob("*"))
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err
    assert sorted(Path().rglob("*")) == before


def test_a_run_is_deleted_when_the_user_says_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    write_run(Path("runs"))
    write_run(Path("runs"), at=NOON + minutes(1))
    asked: list[str] = []
    monkeypatch.setattr(click, "confirm", lambda question, abort: asked.append(question))
    ended = run("runs", "rm", "latest")
    assert asked == ["  runs/digits_mlp/20250301-120100\nDelete this run?"]
    assert (ended.code, ended.out) == (0, "deleted runs/digits_mlp/20250301-120100\n")
    assert [line.split()[0] for line in run("runs").out.splitlines()[1:]] == ["digits_mlp/20250301-120000"]


def test_a_run_stays_when_the_user_says_no(monkeypatch: pytest.MonkeyPatch) -> None:
    directory = write_run(Path("runs"))

    def refuse(question: str, abort: bool) -> None:
        raise click.Abort

    monkeypatch.setattr(click, "confirm", refuse)
    assert run("runs", "rm", "latest").code == 130
    assert directory.path.is_dir()


def test_several_runs_are_deleted_at_once_each_named_once() -> None:
    first, second = write_run(Path("runs")), write_run(Path("runs"), at=NOON + minutes(1))
    names = [str(first.path), "digits_mlp/20250301-120100", "runs/digits_mlp/latest"]
    ended = run("runs", "rm", "--yes", *names)
    assert ended.out == f"deleted {first.path}\ndeleted {second.path}\n"
    assert list(Path("runs").iterdir()) == []


def test_the_page_of_all_runs_stands_among_them_and_leads_to_their_reports(runs: Path) -> None:
    assert run("report", "digits_mlp/20250301-120000").code == 0
    ended = run("runs", "--html")
    assert (ended.code, ended.out, ended.err) == (0, "wrote runs/index.html\n", NOTES)
    page = (runs / "index.html").read_text(encoding="utf-8")
    assert page.count("<tr data-run=") == 7
    assert re.findall('<a href="(.*?)"', page) == ["digits_mlp/20250301-120000/report.html"]
    assert run("runs").out.count("\n") == 8


def test_the_page_may_stand_elsewhere_and_hold_some_of_the_runs(runs: Path) -> None:
    run("report", "digits_mlp/20250301-120000")
    ended = run("runs", "--html", "-o", "pages/all.html", "--name", "digits*", "--status", "finished")
    assert (ended.code, ended.out) == (0, "wrote pages/all.html\n")
    page = Path("pages/all.html").read_text(encoding="utf-8")
    assert page.count("<tr data-run=") == 2
    assert '<a href="../runs/digits_mlp/20250301-120000/report.html"' in page


def test_without_a_folder_of_runs_no_page_is_left_unless_it_has_a_name() -> None:
    assert run("runs", "--html").out == "there are no runs in runs/\n"
    assert not Path("runs").exists()
    assert run("runs", "--html", "-o", "all.html").code == 0
    assert "There are no runs." in Path("all.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--json", "--html"), "only one of --json, --markdown and --html"),
        (("--json", "--markdown"), "only one of --json, --markdown and --html"),
        (("-o", "x.html"), "-o is for --html"),
    ],
)
def test_a_wrong_call_for_a_page_ends_with_2(arguments: tuple[str, ...], complaint: str) -> None:
    ended = run("runs", *arguments)
    assert ended.code == 2
    assert complaint in ended.err


def test_a_running_run_is_not_deleted() -> None:
    directory = write_run(Path("runs"), state=None)
    with locked(directory):
        ended = run("runs", "rm", "--yes", "digits_mlp")
    assert ended.code == 1
    assert "is being used by another process" in ended.err
    assert directory.path.is_dir()


def test_a_renamed_run_is_found_by_its_new_name() -> None:
    write_run(Path("runs"))
    ended = run("runs", "rename", "latest", "kept")
    assert (ended.code, ended.out) == (
        0,
        "runs/digits_mlp/20250301-120000 is now runs/kept/20250301-120000\n",
    )
    assert [line.split()[0] for line in run("runs").out.splitlines()[1:]] == ["kept/20250301-120000"]


def test_the_report_of_a_renamed_run_says_the_new_name() -> None:
    write_run(Path("runs"))
    assert run("report", "latest").code == 0
    run("runs", "rename", "latest", "kept")
    report = Path("runs/kept/20250301-120000/report.html").read_text()
    assert "kept/20250301-120000" in report
    assert "digits_mlp/20250301-120000" not in report


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the platform's opener was given; there is one, and it works."""
    given: list[str] = []

    def launch(path: str) -> int:
        given.append(path)
        return 0

    monkeypatch.setattr(click, "launch", launch)
    monkeypatch.setattr("nettool.cli.output.opener._has_opener", lambda: True)
    return given


def test_a_run_with_a_report_opens_there_and_without_one_at_its_folder(
    launched: list[str], folder: Path
) -> None:
    directory = write_run(Path("runs"))
    assert run("runs", "open", "latest").out == f"opened {directory.path}\n"
    (directory.path / "report.html").touch()
    assert run("runs", "open", "latest").out == f"opened {directory.path / 'report.html'}\n"
    assert launched == [str(folder / directory.path), str(folder / directory.path / "report.html")]


@pytest.mark.usefixtures("launched")
def test_without_an_opener_the_path_is_printed(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    directory: RunDirectory = write_run(Path("runs"))
    where = f"{folder / directory.path}\n"
    monkeypatch.setattr(click, "launch", lambda path: 1)
    assert run("runs", "open", "digits_mlp").out == where
    monkeypatch.setattr("nettool.cli.output.opener._has_opener", lambda: False)
    assert run("runs", "open", "digits_mlp").out == where
