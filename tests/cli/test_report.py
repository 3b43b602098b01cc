"""`nettool report`: a run as one page, from its directory alone."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from command_goldens import assert_printed
from command_line import run
from page_text import page_text
from reported_runs import DIGIT, IMAGE, PNG, PRICE, SEEN, WRONG, write_reported
from small_runs import EPOCHS, write_run

from nettool.record.files.observations import Observations, SeenClasses

RUN = Path("runs/digits_mlp/20250301-120000")
PAGE = RUN / "report.html"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def page() -> str:
    ended = run("report", "digits_mlp")
    assert (ended.code, ended.out, ended.err) == (0, f"drew {PAGE}\n", "")
    return PAGE.read_text(encoding="utf-8")


def masked(text: str) -> str:
    """Without the times of the log, which are those of the test."""
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?= note)", "TIME", text)


def test_a_finished_run_is_told_from_its_verdict_to_its_log() -> None:
    write_reported(Path("runs"))
    assert_printed("report_finished.txt", masked(page_text(page())))


def test_of_several_outputs_each_has_a_section_of_its_kind() -> None:
    other = replace(DIGIT, output="parity", samples=(), mistakes=())
    seen = replace(SEEN, classes=(DIGIT, other), numbers=(PRICE,), images=(IMAGE,))
    write_reported(Path("runs"), seen)
    told = page_text(page())
    assert re.findall("^## (.*)", told, re.MULTILINE) == [
        "How to repeat it",
        "Curves",
        "Output digit",
        "Output parity",
        "Output price",
        "Output image_again",
        "First filters",
        "Network",
        "Time and memory",
        "What was run",
    ]
    assert_printed(
        "report_outputs.txt", told[told.index("## Output parity") : told.index("## First filters")]
    )


@pytest.mark.parametrize("state", ["interrupted", "failed"])
def test_a_run_that_was_broken_off_says_why_and_shows_what_there_is(state: str) -> None:
    why = {"interrupted": "stopped by the user", "failed": "the loss is not finite\nin epoch 3"}[state]
    seen = Observations({"train": 1296}, filters="conv") if state == "interrupted" else None
    write_reported(Path("runs"), seen, state=state, why=why, epochs=EPOCHS[:2], expectations=())
    assert_printed(f"report_{state}.txt", masked(page_text(page())))


def test_a_killed_run_without_an_epoch_has_a_report_too() -> None:
    write_run(Path("runs"), state=None, epochs=())
    told = page_text(page())
    assert "killed Its process ended without a word after 0 epochs." in told
    assert "No epoch is over: there is nothing to draw." in told
    assert "resume it : nettool train --resume runs/digits_mlp/20250301-120000" in told


def test_a_run_from_before_there_were_observations_has_a_report_too() -> None:
    write_reported(Path("runs"), None)
    assert "## Output" not in page_text(page())


def test_the_same_run_gives_the_same_page() -> None:
    write_reported(Path("runs"))
    assert page() == page()


def test_the_page_holds_all_within_itself() -> None:
    write_reported(Path("runs"))
    text = page()
    assert set(re.findall(r"\w+://[^\s\"'<]+", text)) == {"http://www.w3.org/2000/svg"}
    assert "<link" not in text
    assert "@import" not in text
    assert f"data:image/png;base64,{PNG}" in text
    identified = re.findall(r'\bid="([^"]+)"', text)
    assert len(identified) == len(set(identified))
    assert "url(#network-clip1)" in text
    assert "url(#filters-clip1)" in text


HOSTILE = '"><script>alert(1)</script>&<i>'


def test_names_from_specs_and_data_are_no_markup() -> None:
    sample = replace(WRONG, words=HOSTILE, target=HOSTILE, ranked=((HOSTILE, 0.5),))
    digit = SeenClasses(HOSTILE, (HOSTILE, "b"), ((1, 2), (3, 4)), True, (sample,), (sample,))
    seen = Observations(
        {HOSTILE: 3}, 1, (digit,), (replace(PRICE, output=HOSTILE, name=HOSTILE),), (), filters=HOSTILE
    )
    figures = [{**row, HOSTILE: 1.0} for row in EPOCHS]
    reported = write_reported(
        Path("runs"), seen, why=HOSTILE, epochs=figures, test={HOSTILE: 1.0, "loss": 2.0}
    )
    for name in ("spec.yaml", "resolved.yaml", "summary.txt", "train.log"):
        (reported.path / name).write_text(f"x  note: {HOSTILE}\n")
    facts = json.loads((reported.path / "run.json").read_text())
    facts |= {
        "spec": HOSTILE,
        "command": ["train", HOSTILE],
        "overrides": [HOSTILE],
        "versions": {HOSTILE: HOSTILE},
    }
    facts["data"]["dataset"] = facts["data_files"][0]["name"] = facts["hardware"]["processor"] = HOSTILE
    (reported.path / "run.json").write_text(json.dumps(facts))
    text = page()
    assert text.count("<script>") == 1
    assert "alert(1)</script" not in text
    assert "<i>" not in text


@pytest.mark.parametrize(
    "file",
    ["status.json", "run.json", "results.json", "metrics.csv", "preparation.json", "observations.json"],
)
def test_a_damaged_file_is_named_and_the_page_before_is_kept(file: str) -> None:
    write_reported(Path("runs"))
    before = page()
    (RUN / file).write_text("{\n1, 2")
    ended = run("report", "digits_mlp")
    assert ended.code == 2
    assert f"/{file} is damaged: " in ended.err
    assert PAGE.read_text(encoding="utf-8") == before


def test_a_run_that_is_not_there_is_a_wrong_call() -> None:
    ended = run("report", "nothing")
    assert (ended.code, ended.out) == (2, "")
    assert "there is no run `nothing`" in ended.err


def test_without_a_screen_open_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    write_reported(Path("runs"))
    ended = run("report", "digits_mlp", "--open")
    assert (ended.code, ended.out) == (0, f"drew {PAGE}\n")
    assert ended.err == "there is no screen to open it on\n"


def test_the_page_is_what_runs_open_opens() -> None:
    write_reported(Path("runs"))
    page()
    assert run("runs", "open", "digits_mlp").out.endswith("report.html\n")


def test_neither_tensorflow_nor_matplotlib_is_loaded() -> None:
    write_reported(Path("runs"))
    program = (
        "import sys\n"
        "from nettool.cli.output.error_handler import guarded\n"
        "from nettool.cli.main import cli\n"
        "code = guarded(lambda: cli.main(['report', 'digits_mlp'], standalone_mode=False))\n"
        "heavy = {'tensorflow', 'keras', 'matplotlib', 'sklearn', 'PIL'} & sys.modules.keys()\n"
        "sys.exit(f'loaded {heavy}' if heavy else code)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_what_a_picture_of_the_run_would_run_or_fetch_is_not_in_the_page() -> None:
    reported = write_reported(Path("runs")).path
    for picture in (reported / "model.svg", *reported.glob("plots/*.svg")):
        text = picture.read_text(encoding="utf-8")
        begun = text.index(">", text.index("<svg")) + 1
        evil = '<script>alert(2)</script><g onload="alert(2)"><image href="https://alert(2)"/></g>'
        picture.write_text(text[:begun] + evil + text[begun:], encoding="utf-8")
    told = page()
    assert "alert(2)" not in told
    assert told.count("url(#network-clip1)") == 1


def test_a_damaged_picture_does_not_cost_the_report() -> None:
    reported = write_reported(Path("runs")).path
    (reported / "model.svg").write_bytes(b"<svg")
    assert "This picture of the run is damaged and cannot be shown." in page_text(page())
