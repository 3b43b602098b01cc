import json
import re
import subprocess
from dataclasses import fields, replace
from importlib.metadata import version
from math import inf, nan
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from nettool.record.checkpoints.model_files import model_path, save_model
from nettool.record.disk.json_form import json_text, plain
from nettool.record.files.commit import Commit, commit_of
from nettool.record.files.hardware import Hardware, this_machine
from nettool.record.files.pictures import write_model_picture, write_plot
from nettool.record.files.provenance import (
    DataFile,
    Provenance,
    Resumption,
    add_resumption,
    installed_versions,
    read_provenance,
    write_provenance,
)
from nettool.record.files.results import Best, CheckedExpectation, Results, read_results, write_results
from nettool.record.files.spec_files import write_spec_files
from nettool.record.files.summary_file import write_summary
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory

PROVENANCE = Provenance(
    command=("nettool", "train", "configs/mlp.yaml"),
    spec="configs/mlp.yaml",
    overrides=("train.epochs=3",),
    seed=7,
    commit=Commit("0123abc", dirty=True),
    versions={"python": "3.11.0"},
    hardware=Hardware("a processor", 2, 8 * 1024**3),
    data={"dataset": "digits", "limit": None},
    data_files=(DataFile("digits.csv.gz", "sha256:00", "cached"),),
)
TAKEN_UP = Resumption(
    command=("train", "--resume", "mlp"),
    time="2025-03-01T12:00:00",
    epochs=2,
    steps=3,
    until=9,
    commit=None,
    versions={},
)


def test_a_run_keeps_its_artefacts_under_these_names(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    write_spec_files(run, "a: 1\r\n", "a: 1\nb: 2\n")
    write_summary(run, "table\n")
    write_model_picture(run, b"<svg/>")
    write_plot(run, "curves", "png", b"png")
    write_results(run, Results())
    write_provenance(run, PROVENANCE)
    save_model(run, "best", lambda path: path.write_bytes(b"model"))
    save_model(run, "last", lambda path: path.write_bytes(b"model"))
    files = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert files == [
        "checkpoints/best/model.keras",
        "checkpoints/last/model.keras",
        "model.svg",
        "plots/curves.png",
        "resolved.yaml",
        "results.json",
        "run.json",
        "spec.yaml",
        "summary.txt",
    ]
    assert (tmp_path / "spec.yaml").read_bytes() == b"a: 1\r\n"


def test_a_save_that_fails_leaves_the_older_model(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    save_model(run, "last", lambda path: path.write_bytes(b"epoch 1"))

    def fail(path: Path) -> None:
        path.write_bytes(b"half of epo")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        save_model(run, "last", fail)
    assert model_path(run, "last").read_bytes() == b"epoch 1"
    assert [path.name for path in model_path(run, "last").parent.iterdir()] == ["model.keras"]


def test_results_say_null_for_what_is_not_finite(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    results = Results(
        epochs=2,
        parameters=3466,
        final=MappingProxyType({"loss": nan, "accuracy": np.float32(0.5)}),
        best=Best(1, "val_loss", {"loss": 0.25, "val_loss": 0.5}),
        test={"loss": inf},
        timings={"training": 1.5},
        expectations=(CheckedExpectation("parameters", "exactly", 3466, 3466, held=True),),
        better={"loss": "min"},
    )
    write_results(run, results)
    written = json.loads((tmp_path / "results.json").read_text())
    assert plain(read_results(run)) == written
    assert written == {
        "epochs": 2,
        "parameters": 3466,
        "final": {"loss": None, "accuracy": 0.5},
        "best": {"epoch": 1, "by": "val_loss", "figures": {"loss": 0.25, "val_loss": 0.5}},
        "test": {"loss": None},
        "timings": {"training": 1.5},
        "expectations": [
            {
                "figure": "parameters",
                "relation": "exactly",
                "value": 3466,
                "measured": 3466,
                "held": True,
                "why": None,
            }
        ],
        "better": {"loss": "min"},
    }


def test_there_are_no_results_or_provenance_before_they_are_written(tmp_path: Path) -> None:
    assert read_results(RunDirectory(tmp_path)) is None
    assert read_provenance(RunDirectory(tmp_path)) is None


def test_provenance_is_written_whole(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    write_provenance(run, PROVENANCE)
    assert read_provenance(run) == PROVENANCE
    facts = json.loads((tmp_path / "run.json").read_text())
    assert list(facts) == [field.name for field in fields(Provenance)]
    assert facts["commit"] == {"hash": "0123abc", "dirty": True}
    assert facts["data_files"] == [{"name": "digits.csv.gz", "checksum": "sha256:00", "state": "cached"}]


def test_versions_are_those_of_the_installed_packages() -> None:
    versions = installed_versions()
    assert list(versions) == ["python", "nettool", "keras", "tensorflow", "numpy"]
    assert versions["numpy"] == version("numpy") == np.__version__
    assert list(installed_versions(["no-such-package"]).items())[-1] == ("no-such-package", "not installed")


def test_the_machine_has_a_processor_and_a_core() -> None:
    machine = this_machine(gpus=("a graphics card",))
    assert machine.processor
    assert machine.cores >= 1
    assert machine.gpus == ("a graphics card",)


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


def test_a_folder_knows_its_commit_and_whether_it_differs(tmp_path: Path) -> None:
    assert commit_of(tmp_path) is None
    git(tmp_path, "init", "--quiet")
    assert commit_of(tmp_path) is None
    (tmp_path / "spec.yaml").write_text("a: 1\n")
    git(tmp_path, "add", "spec.yaml")
    git(tmp_path, "commit", "--quiet", "-m", "first")
    clean = commit_of(tmp_path)
    assert clean is not None
    assert re.fullmatch("[0-9a-f]{40}", clean.hash)
    (tmp_path / "untracked").write_text("")
    assert commit_of(tmp_path) == clean == Commit(clean.hash, dirty=False)
    (tmp_path / "spec.yaml").write_text("a: 2\n")
    assert commit_of(tmp_path) == Commit(clean.hash, dirty=True)


def test_without_git_there_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_of(tmp_path) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (nan, None),
        (-inf, None),
        (np.float32(0.5), 0.5),
        (np.int64(3), 3),
        (True, True),
        ((1, [nan, "ü"]), [1, [None, "ü"]]),
        (MappingProxyType({"a": {"b": inf}}), {"a": {"b": None}}),
        (Commit("a", dirty=False), {"hash": "a", "dirty": False}),
        (None, None),
    ],
)
def test_values_become_what_json_can_say(value: object, expected: object) -> None:
    assert plain(value) == expected
    assert json.loads(json_text(value)) == expected


def test_a_run_that_nests_too_deeply_cannot_be_taken_up(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    write_provenance(run, PROVENANCE)
    path = tmp_path / "run.json"
    path.write_text(path.read_text().replace("{", '{"more": ' + "[" * 700 + "]" * 700 + ",", 1))
    before = path.read_bytes()
    with pytest.raises(RunDamaged, match="nested too deeply"):
        add_resumption(run, TAKEN_UP, "why")
    assert path.read_bytes() == before


def test_each_time_that_a_run_is_taken_up_is_noted(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    write_provenance(run, PROVENANCE)
    before = json.loads((tmp_path / "run.json").read_text())
    for steps in (3, 0):
        add_resumption(run, replace(TAKEN_UP, steps=steps), "why")
    after = json.loads((tmp_path / "run.json").read_text())
    resumptions = after["resumptions"]
    assert isinstance(resumptions, list)
    assert [(each["epochs"], each["steps"], each["until"]) for each in resumptions] == [(2, 3, 9), (2, 0, 9)]
    assert {**before, "resumptions": resumptions, "unchecked": "why"} == after
