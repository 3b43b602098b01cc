"""`nettool compare`: runs against each other."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from command_goldens import assert_printed
from command_line import run
from small_runs import EPOCHS, NOON, PROVENANCE, RESOLVED, write_run

from nettool.record.files.commit import Commit
from nettool.record.files.observations import Observations, SeenClasses, write_observations
from nettool.record.run_directory import RunDirectory

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three runs: as it is, with other settings, and of another network under another version."""
    monkeypatch.chdir(tmp_path)
    write_run(Path("runs"))
    tuned = RESOLVED.replace("units: 32", "units: 64").replace("seed: 0", "seed: 1").replace("0.001", "0.01")
    better = [{**figures, "loss": figures["loss"] / 2} for figures in EPOCHS]
    write_run(
        Path("runs"), at=NOON + MINUTE, resolved=tuned, epochs=better, test={"loss": 0.4, "accuracy": 0.8612}
    )
    other = RESOLVED.replace(
        "  digit:", "  drop: {layer: Dropout, from: hidden, rate: 0.5, noise_shape: null}\n  digit:"
    ).replace("from: hidden, units: 10", "from: drop, units: 10")
    provenance = replace(
        PROVENANCE,
        commit=Commit("c" * 40, dirty=True),
        versions={**PROVENANCE.versions, "keras": "3.16.0"},
    )
    write_run(
        Path("runs"),
        name="dropout",
        at=NOON + 2 * MINUTE,
        resolved=other,
        provenance=provenance,
        state="interrupted",
        epochs=EPOCHS[:2],
    )
    return tmp_path


FIRST, SECOND, THIRD = "digits_mlp/20250301-120000", "digits_mlp", "dropout"


@pytest.mark.parametrize(
    ("golden", "names"),
    [("compare_two.txt", [FIRST, SECOND]), ("compare_three.txt", [FIRST, SECOND, THIRD])],
)
def test_differences_come_first_then_results_and_no_file_is_left(
    golden: str, names: list[str], folder: Path
) -> None:
    ended = run("compare", *names)
    assert (ended.code, ended.err) == (0, "")
    assert_printed(golden, ended.out)
    assert [path.name for path in folder.iterdir()] == ["runs"]


def test_equal_specs_are_told_to_be_equal() -> None:
    write_run(Path("runs"), name="again", at=NOON + 3 * MINUTE)
    assert "\nThe specs are the same.\n\nResults\n" in run("compare", FIRST, "again").out


def test_the_same_as_data(folder: Path) -> None:
    ended = run("compare", FIRST, SECOND, THIRD, "--json", "-o", "c.png")
    facts = json.loads(ended.out)
    assert [each.pop("directory") for each in facts["runs"]] == [
        str(folder / "runs" / label)
        for label in (FIRST, "digits_mlp/20250301-120100", "dropout/20250301-120200")
    ]
    assert_printed("compare.json", json.dumps(facts, indent=2) + "\n")


@pytest.mark.parametrize(
    ("name", "beginning"),
    [("c.svg", b"<?xml"), ("c.png", b"\x89PNG"), ("c.pdf", b"%PDF"), ("c.html", b"<!doctype html>")],
)
def test_the_picture_has_the_form_that_its_name_says(name: str, beginning: bytes) -> None:
    assert run("compare", FIRST, SECOND, "-o", name).out.endswith(f"\ndrew {name}\n")
    assert Path(name).read_bytes().startswith(beginning)


def test_the_page_says_what_the_text_says() -> None:
    text = run("compare", FIRST, SECOND, THIRD, "--html").out
    page = Path("compare.html").read_text(encoding="utf-8").replace("<wbr>", "")
    assert text.endswith("\ndrew compare.html\n")
    assert not Path("compare.svg").exists()
    lines = [
        line.split("  ") for line in text.splitlines() if line.startswith("  ") and line.strip()[0] != "*"
    ]
    names = [words[1] for words in lines if words[1]]
    assert len(names) > 20
    for name in names:
        assert f">{name}<" in page
    assert '<td class="number best">0.4000</td>' in page


def test_code_of_the_users_own_that_differs_is_named() -> None:
    for label, text in ((FIRST, "a = 1\n"), ("digits_mlp/20250301-120100", "a = 2\n")):
        (Path("runs") / label / "my_layers.py").write_text(text)
    left, right = (hashlib.sha256(text.encode()).hexdigest()[:12] for text in ("a = 1\n", "a = 2\n"))
    assert f"\n  code.my_layers.py: {left} → {right}\n" in run("compare", FIRST, SECOND).out


def test_runs_without_an_epoch_are_compared_without_a_picture() -> None:
    for number in (3, 4):
        write_run(Path("runs"), name=f"early_{number}", at=NOON + number * MINUTE, state=None, epochs=())
    ended = run("compare", "early_3", "early_4", "-o", "compare.svg")
    assert ended.out.endswith("\nThere are no curves: in none of the runs an epoch is over.\n")
    assert not Path("compare.svg").exists()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([FIRST], "compare takes 2 to 8 different runs, not 1"),
        (["digits_mlp", "digits_mlp/latest"], "compare takes 2 to 8 different runs, not 1"),
        ([FIRST, "nothing"], "there is no run `nothing`"),
        ([FIRST, THIRD, "-o", "c.bmp"], "cannot draw `c.bmp`: the name must end in .svg, .png, .pdf, .html"),
        ([FIRST, THIRD, "--html", "-o", "c.svg"], "cannot draw `c.svg`: the name must end in .html"),
    ],
)
def test_a_wrong_call_ends_with_2_and_writes_nothing(
    arguments: list[str], complaint: str, folder: Path
) -> None:
    ended = run("compare", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err
    assert [path.name for path in folder.iterdir()] == ["runs"]


def test_accuracies_from_few_samples_have_their_intervals(folder: Path) -> None:
    digit = SeenClasses("digit", ("a", "b"), ((150, 5), (44, 156)))
    (first, _) = (folder / "runs/digits_mlp").glob("2*")
    write_observations(RunDirectory(folder / "runs" / FIRST), Observations({"test": 355}, classes=(digit,)))
    written = run("compare", FIRST, SECOND).out
    (row,) = [re.sub(r" +", " ", line.strip()) for line in written.splitlines() if "95 %" in line]
    assert row == "test accuracy, 95 % 0.8222 to 0.8940 –"
    (first / "observations.json").write_text("{")
    assert run("compare", FIRST, SECOND).code == 0


@pytest.mark.parametrize("file", ["status.json", "run.json", "resolved.yaml", "results.json", "metrics.csv"])
def test_a_damaged_run_is_named_with_its_file(file: str, folder: Path) -> None:
    run_folder = folder / "runs" / FIRST
    (run_folder / file).write_text("{\n1, 2")
    ended = run("compare", FIRST, SECOND)
    assert ended.code == 2
    assert f"error: runs/{FIRST}/{file} is damaged: " in ended.err


def test_the_star_goes_by_what_a_metric_is_not_by_what_it_is_called() -> None:
    for minute, value in enumerate((0.2, 0.7)):
        write_run(
            Path("named"),
            at=NOON + minute * MINUTE,
            resolved=RESOLVED.replace("{metric: accuracy}", "{metric: mae, name: accuracy}").replace(
                "seed: 0", f"seed: {minute}"
            ),
            test={"loss": 0.5, "accuracy": value},
        )
    told = run("compare", "--runs-dir", "named", "digits_mlp/20250301-120000", "digits_mlp").out
    (row,) = [line.strip() for line in told.splitlines() if "test accuracy" in line]
    assert re.sub(r" +", " ", row) == "test accuracy 0.2000* 0.7000"


def test_a_pattern_stands_for_several_runs(folder: Path) -> None:
    assert run("compare", "digits_mlp/*", "--json").out == run("compare", FIRST, SECOND, "--json").out
    assert run("compare", "d*", "--json").out == run("compare", SECOND, THIRD, "--json").out
    assert run("compare", THIRD, "d*", "--json").out == run("compare", THIRD, SECOND, "--json").out
    assert "there is no run `x*`" in run("compare", "x*", THIRD).err
