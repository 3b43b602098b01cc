"""`nettool watch` and `nettool train --watch`: said where, opened where there is a screen, ended with the run."""

import re
from pathlib import Path
from threading import Timer
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from command_line import run
from small_runs import write_run

from nettool.cli.output import opener
from nettool.cli.output.watching import Watching
from nettool.record.events.events import Event, RunStarted
from nettool.record.runs.lock import locked

DIGITS = str(Path(__file__).parents[2] / "configs" / "digits_mlp.yaml")
ADDRESS = re.compile(r"watch it at (http://127\.0\.0\.1:\d+/[\w-]{32}/)\n")


@pytest.fixture(autouse=True)
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that a browser got when it was opened; like a real one, it reports that it saw the end."""
    monkeypatch.chdir(tmp_path)
    pages: list[str] = []

    def opened(address: str) -> bool:
        pages.append(fetched(address))
        fetched(f"{address}end")
        return True

    monkeypatch.setattr("nettool.cli.output.watching.opened_here", opened)
    return pages


def fetched(address: str) -> str:
    with urlopen(address, timeout=5) as answer:
        text: str = answer.read().decode()
    return text


def gone(address: str) -> bool:
    try:
        fetched(address)
    except URLError:
        return True
    return False


def test_a_run_is_watched_until_it_is_over(browser: list[str]) -> None:
    going = write_run(Path("runs"), state=None)
    lock = locked(going)
    lock.__enter__()
    Timer(0.3, lambda: lock.__exit__(None, None, None)).start()
    ended = run("watch", "digits_mlp")
    label = "digits_mlp/20250301-120000"
    assert (ended.code, ended.out) == (0, f"{label} is over: `nettool runs open {label}` shows its report\n")
    found = ADDRESS.fullmatch(ended.err)
    assert found is not None
    assert "It is still running: 3 epochs are over." in browser[0]
    assert gone(found[1])


def test_a_run_that_is_not_there_is_a_wrong_call() -> None:
    ended = run("watch", "nothing")
    assert ended.code == 2
    assert "there is no run `nothing`" in ended.err


@pytest.mark.parametrize("other", ["--smoke", "--dry-run"])
def test_only_a_run_can_be_watched(other: str) -> None:
    ended = run("train", DIGITS, "--watch", other)
    assert ended.code == 2
    assert "--watch shows a run; --smoke and --dry-run make none" in ended.err


@pytest.mark.keras
def test_a_training_is_watched_from_its_start(browser: list[str]) -> None:
    ended = run("train", DIGITS, "--limit-steps", "2", "--watch", "--json")
    assert ended.code == 0
    found = ADDRESS.search(ended.err)
    assert found is not None
    assert "It is still running: 0 epochs are over." in browser[0]
    assert gone(found[1])


def test_a_training_goes_on_where_it_cannot_be_watched(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr("nettool.cli.output.watching.watched", refuse)
    heard: list[Event] = []
    watching = Watching(heard.append)
    started = RunStarted("digits", "runs/digits/1", {}, 1, 1, 1)
    watching(started)
    watching.end()
    assert heard == [started]
    assert capsys.readouterr().err == "note: the run cannot be watched: Address already in use; it goes on\n"


@pytest.mark.parametrize("name", ["CI", "SSH_CONNECTION", "SSH_TTY"])
def test_no_browser_is_opened_for_who_sits_elsewhere(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("nettool.cli.output.opener.opened", lambda what: not opened.append(what))
    for each in ("CI", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(each, raising=False)
    assert opener.opened_here("http://127.0.0.1/")
    monkeypatch.setenv(name, "1")
    assert not opener.opened_here("http://127.0.0.1/")
    assert opened == ["http://127.0.0.1/"]
