"""Advice on fields that are read as something else than they are; whoever follows it has a sound spec."""

from pathlib import Path

import numpy as np
import pytest

from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load_source

SPEC = """
data: {arrays: a.npz, FIELDS}
inputs: {x: [6, 5, 3]}
nodes:
  pool: {layer: GlobalAveragePooling2D}
  y: {layer: Dense, units: 4, activation: softmax}
outputs: [y]
losses: {y: LOSS}
"""


def advice(folder: Path, text: str) -> str:
    with pytest.raises(SpecError) as raised:
        load_source(Source("spec.yaml", text), "spec", folder=folder)
    (error,) = raised.value.diagnostics
    return error.help or ""


def saved(folder: Path, x: np.ndarray, y: np.ndarray) -> None:
    np.savez(folder / "a.npz", x=x, y=y)


def spec(loss: str = "sparse_categorical_crossentropy", fields: str = "task: classify") -> str:
    return SPEC.replace("LOSS", loss).replace("FIELDS", fields)


def test_channels_that_come_first_are_to_be_moved_last(tmp_path: Path) -> None:
    images = np.random.default_rng(0).integers(0, 256, (8, 3, 6, 5), dtype=np.uint8)
    saved(tmp_path, images, np.arange(8) % 4)
    assert advice(tmp_path, spec()) == (
        "these look like images with their channels first: save them as (samples, 6, 5, 3), with "
        "`numpy.moveaxis(x, 1, -1)`, and write `x: [6, 5, 3]` under `inputs`"
    )
    saved(tmp_path, np.moveaxis(images, 1, -1), np.arange(8) % 4)
    plan, _ = load_source(Source("spec.yaml", spec()), "spec", folder=tmp_path)
    assert plan.binding is not None
    assert plan.binding.field("x").kind == "image"


def test_numbers_of_classes_in_a_column_of_their_own_are_to_be_called_labels(tmp_path: Path) -> None:
    saved(tmp_path, np.zeros((8, 6, 5, 3), np.uint8), np.arange(8)[:, np.newaxis] % 4)
    remedy = "fields: {y: {kind: label}}"
    assert advice(tmp_path, spec()) == f"for numbers of classes write `{remedy}` under `data`"
    plan, _ = load_source(Source("spec.yaml", spec(fields=remedy)), "spec", folder=tmp_path)
    assert plan.binding is not None
    assert plan.binding.field("y").classes == ("0", "1", "2", "3")


def test_one_number_is_learned_by_one_unit(tmp_path: Path) -> None:
    saved(tmp_path, np.zeros((8, 6, 5, 3), np.uint8), np.ones((8, 1)))
    assert advice(tmp_path, spec("mse")) == "`y` is one number: give the output 1 unit"


def test_a_column_of_numbers_of_classes_is_to_be_read_as_labels(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,which\n1,0\n2,1\n3,2\n", encoding="utf-8")
    text = (
        "data: {table: t.csv, columns: {x: a, y: WHICH}}\ninputs: {x: [1]}\n"
        "nodes: {y: {layer: Dense, units: 3, activation: softmax}}\noutputs: [y]\n"
        "losses: {y: categorical_crossentropy}\n"
    )
    remedy = "{column: which, as: label}"
    wanted = f"for numbers of classes write `y: {remedy}` under `columns`"
    assert advice(tmp_path, text.replace("WHICH", "which")) == wanted
    load_source(Source("spec.yaml", text.replace("WHICH", remedy)), "spec", folder=tmp_path)
