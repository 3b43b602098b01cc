"""What a report needs is read back from a run's files as it was written."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from reported_runs import EXPECTATIONS, PREPARED, RESUMED, SEEN, SVG, write_reported
from small_runs import EPOCHS, PROVENANCE, write_run

from nettool.record.files.provenance import Resumption
from nettool.record.run_report import read_report

NOW = datetime(2025, 3, 1, 13).astimezone()


def test_everything_that_was_written_is_read_back(tmp_path: Path) -> None:
    again = Resumption(
        command=("train", "--resume", "x"),
        time="2025-03-01T12:00:05",
        epochs=1,
        steps=4,
        until=3,
        commit=None,
        versions={"keras": "3"},
        devices=("gpu:0",),
    )
    came = replace(RESUMED, backend="jax", devices=("cpu:0", "cpu:1"), unchecked="why", resumptions=(again,))
    read = read_report(write_reported(tmp_path, provenance=came), "digits_mlp/s", NOW)
    assert read.origin == came
    assert (read.expectations, read.preparation, read.seen) == (EXPECTATIONS, PREPARED, SEEN)
    assert read.rows == tuple(
        {"epoch": float(number), **row, "learning_rate": 0.001} for number, row in enumerate(EPOCHS, 1)
    )
    assert (read.diagram, dict(read.pictures)) == (SVG, {"filters": SVG})
    assert read.spec.startswith("name: digits_mlp  # a comment\n")
    assert read.summary == "digits_mlp\n\nnode  layer\n"
    assert read.log[0].endswith("note: the images are tiny")
    assert read.has_model


def test_of_a_run_that_hardly_began_nothing_is_made_up(tmp_path: Path) -> None:
    run = write_run(tmp_path, state=None, epochs=())
    read = read_report(run, "digits_mlp/s", NOW)
    assert (read.origin, read.rows, read.expectations) == (PROVENANCE, (), ())
    assert (read.seen, read.preparation, read.diagram, dict(read.pictures)) == (None, None, None, {})
    assert not read.has_model
