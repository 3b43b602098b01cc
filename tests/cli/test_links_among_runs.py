"""Links among the runs: nothing outside their folder, and no other run, is deleted, moved or written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import run as nettool
from reported_runs import write_reported
from small_runs import write_run

STAMP = "20250301-120000"
Links = Callable[[Path], None]


def everything(folder: Path) -> dict[str, bytes | str | None]:
    return {
        str(path.relative_to(folder)): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in folder.rglob("*")
    }


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Runs `a` and `b` in runs/, another one in elsewhere/."""
    monkeypatch.chdir(tmp_path)
    for folder, name in (("runs", "a"), ("runs", "b"), ("elsewhere", "away")):
        write_reported(tmp_path / folder, name=name)
    return tmp_path


def to(place: str, target: str) -> Links:
    def made(here: Path) -> None:
        link = here / place
        if link.is_symlink():
            link.unlink()
        link.symlink_to(target)

    return made


def as_text(here: Path) -> None:
    (here / "runs/a/latest").unlink()
    (here / "runs/a/latest").write_text(f"../../elsewhere/away/{STAMP}\n")


REFUSED: dict[str, tuple[Links, tuple[str, ...]]] = {
    "a name that is a link": (to("runs/c", "../elsewhere/away"), ("rm", "-y", "c")),
    "a run of a name that is a link": (to("runs/c", "../elsewhere/away"), ("rm", "-y", f"c/{STAMP}")),
    "a run that is a link": (to("runs/a/x", f"../../elsewhere/away/{STAMP}"), ("rm", "-y", "a/x")),
    "another path": (lambda here: None, ("rm", "-y", f"elsewhere/away/{STAMP}")),
    "a way up": (lambda here: None, ("rm", "-y", f"../elsewhere/away/{STAMP}")),
    "renaming a link": (to("runs/c", "../elsewhere/away"), ("rename", "c", "d")),
    "renaming into a link": (to("runs/c", "../elsewhere"), ("rename", "a", "c")),
    "renaming into a link to a run": (to("runs/c", f"../elsewhere/away/{STAMP}"), ("rename", "a", "c")),
    "renaming into a link to nothing": (to("runs/c", "../nowhere"), ("rename", "a", "c")),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_a_link_leads_to_is_refused(kind: str, here: Path) -> None:
    link, command = REFUSED[kind]
    link(here)
    before = everything(here)
    ended = nettool("runs", *command)
    assert (ended.code, ended.out) == (2, "")
    assert everything(here) == before


LATEST: dict[str, Links] = {
    "another name's run": to("runs/a/latest", f"../b/{STAMP}"),
    "a run elsewhere": to("runs/a/latest", f"../../elsewhere/away/{STAMP}"),
    "a run elsewhere, in a text": as_text,
    "nothing": to("runs/a/latest", "nothing"),
    "itself": to("runs/a/latest", "latest"),
}


@pytest.mark.parametrize("kind", LATEST)
def test_latest_means_a_run_of_its_own_name(kind: str, here: Path) -> None:
    LATEST[kind](here)
    others = everything(here / "runs/b"), everything(here / "elsewhere")
    ended = nettool("runs", "rm", "-y", "a")
    assert (ended.code, ended.out) == (0, f"deleted runs/a/{STAMP}\n")
    assert (everything(here / "runs/b"), everything(here / "elsewhere")) == others
    assert not (here / "runs/a").exists()


@pytest.mark.parametrize("command", [("rm", "-y", "a"), ("rename", "a", "c")])
def test_links_within_a_run_are_not_followed(command: tuple[str, ...], here: Path) -> None:
    run = here / "runs/a" / STAMP
    secret = here / "elsewhere/secret.txt"
    secret.write_text("the secret")
    for name in ("train.log", "plots", "spec.yaml", "report.html", "new"):
        target = secret if name in ("spec.yaml", "train.log", "report.html") else secret.parent
        if (run / name).is_dir():
            (run / name).rename(run / "moved")
        (run / name).unlink(missing_ok=True)
        (run / name).symlink_to(target)
    before = everything(here / "elsewhere")
    ended = nettool("runs", *command)
    assert ended.code == 0, ended.err
    assert everything(here / "elsewhere") == before
    assert not run.exists()
    kept = everything(here / "runs/c") if command[0] == "rename" else {}
    assert not any(isinstance(content, bytes) and b"the secret" in content for content in kept.values())


def test_a_run_whose_log_is_a_folder_can_be_removed(here: Path) -> None:
    log = write_run(here / "runs", name="d").path / "train.log"
    log.unlink()
    log.mkdir()
    assert nettool("runs", "rm", "-y", "d").code == 0
    assert not (here / "runs/d").exists()
