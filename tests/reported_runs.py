"""Runs with all that a report shows, without any training."""

from base64 import b64encode
from dataclasses import replace
from pathlib import Path

from small_runs import PROVENANCE, write_run

from nettool.data.field import Field
from nettool.data.prediction.preparation import Preparation
from nettool.record.checkpoints.model_files import model_path
from nettool.record.disk.atomic import write_text
from nettool.record.events.events import Note
from nettool.record.events.log import TrainLog
from nettool.record.files.observations import (
    Observations,
    SeenClasses,
    SeenImages,
    SeenNumbers,
    SeenSample,
    write_observations,
)
from nettool.record.files.pictures import write_model_picture, write_plot
from nettool.record.files.preparation_file import write_preparation
from nettool.record.files.provenance import Resumption
from nettool.record.files.results import CheckedExpectation
from nettool.record.files.summary_file import write_summary
from nettool.record.run_directory import RunDirectory

SVG = b"""<?xml version="1.0"?>
<svg width="90pt" height="60pt" viewBox="0 0 90 60" xmlns="http://www.w3.org/2000/svg">
<title>digits_mlp</title><desc>A network of 3 nodes &amp; no more.</desc>
<clipPath id="clip1"><rect width="9" height="9"/></clipPath>
<rect fill="#ffffff" stroke="#1b2330" width="90" height="60" clip-path="url(#clip1)"/></svg>
"""
# Four grey pixels.
PNG = b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d494844520000000200000002080000000057dd52f8"
        "0000000e49444154789c636c60606260000002920084f77ca3580000000049454e44ae426082"
    )
).decode()
CLASSES = ("zero", "one", "two")
RIGHT = SeenSample(0, (PNG,), "", "zero", (("zero", 0.9), ("two", 0.08), ("one", 0.02)))
WRONG = SeenSample(7, (PNG,), "", "one", (("two", 0.75), ("one", 0.2), ("zero", 0.05)))
DIGIT = SeenClasses("digit", CLASSES, ((10, 0, 0), (1, 7, 2), (0, 0, 5)), True, (RIGHT, WRONG), (WRONG,))
SEEN = Observations(
    {"train": 1296, "validation": 144, "test": 25}, 734_003_200, classes=(DIGIT,), filters="conv"
)
PRICE = SeenNumbers("price", "price", 40, 2.5, 3.0, 12.0, ((10.0, 11.0), (20.0, 18.5), (30.0, None)))
IMAGE = SeenImages("image_again", ((PNG, PNG), (PNG, PNG)))
EXPECTATIONS = (
    CheckedExpectation("parameters", "exactly", 2410.0, 2410, True),
    CheckedExpectation("test_accuracy", "at least", 0.9, 0.8612, False),
)
RESUMED = replace(
    PROVENANCE,
    overrides=("train.epochs=3",),
    resumptions=(
        Resumption(
            command=("train", "--resume", "x"),
            time="2025-03-01T12:00:05",
            epochs=1,
            steps=4,
            until=3,
            commit=None,
            versions={},
        ),
    ),
)
PREPARED = Preparation(
    (Field("image", "image", (8, 8, 1), "uint8", 16.0), Field("label", "label", (), "int64", 1.0, CLASSES))
)


def write_reported(runs: Path, seen: Observations | None = SEEN, **changes: object) -> RunDirectory:
    run = write_run(runs, **{"provenance": RESUMED, "expectations": EXPECTATIONS, **changes})  # type: ignore[arg-type]
    write_text(run.path / "spec.yaml", "name: digits_mlp  # a comment\ndata: digits\n")
    write_model_picture(run, SVG)
    write_plot(run, "filters", "svg", SVG)
    write_summary(run, "digits_mlp\n\nnode  layer\n")
    write_preparation(run, PREPARED)
    TrainLog(run)(Note("the images are tiny"))
    if seen is not None:
        write_text(model_path(run, "last"), "weights")
        write_observations(run, seen)
    return run
