"""Where in the `data` section a mistake in the data is shown: the smallest part that has to be mended."""

from pathlib import Path

import numpy as np
import pytest

from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load_source

REST = """
inputs: {x: [1]}
nodes: {y: {layer: Dense, units: 1}}
outputs: [y]
losses: {y: mse}
"""
TABLE = "table: cells.csv\n  columns:"
COUNTS = "arrays: {x: x.npy, y: y.npy}"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "cells.csv").write_text("price,size,photo,class\n1,2,cells.csv,a\nsize,price,none.png,b\n")
    (tmp_path / "test.csv").write_text("price,size\n")
    np.save(tmp_path / "x.npy", np.zeros(3))
    np.save(tmp_path / "y.npy", np.zeros(4))
    np.savez(tmp_path / "train.npz", x=np.zeros(3), y=np.array([0, 1, 7]))
    np.savez(tmp_path / "test.npz", x=np.zeros(3))
    return tmp_path


@pytest.mark.parametrize(
    ("data", "shown", "message"),
    [
        (f"{TABLE} {{x: sice, y: size}}", "sice", "has no column `sice`"),
        (f"{TABLE} {{x: [size, sice], y: size}}", "sice", "has no column `sice`"),
        (f"{TABLE} {{x: {{column: kind, as: label}}, y: size}}", "kind", "has no column `kind`"),
        # The cell holds the name of another column.
        (f"{TABLE} {{size: price, y: size}}", "price", "`size` in column `price` is not a number"),
        (f"{TABLE} {{x: [price, size]}}", "price", "`size` in column `price` is not a number"),
        (f"{TABLE} {{photo: {{column: photo, as: image}}}}", "photo", "is no file `none.png`"),
        (
            "table: {train: cells.csv, test: test.csv}\n  columns: {class: {column: class, as: label}}",
            "class",
            "test.csv:1` has no column `class`",
        ),
        ("table: test.csv\n  columns: {x: price}", "test.csv", "has no rows"),
        (
            "table: {train: train.csv, test: test.csv}\n  columns: {x: price}",
            "train.csv",
            "train.csv` is not there",
        ),
        (COUNTS, "x.npy", "holds 3 samples, but"),
        (f"{COUNTS}\n  fields: {{z: {{kind: label}}}}", "z", "has no field `z`"),
        ("arrays: {x: x.npy, y: none.npy}", "none.npy", "there is no file"),
        ("arrays: {train: {x: x.npy}, test: {x: none.npy}}", "none.npy", "there is no file"),
        ("arrays: {train: train.npz, test: test.npz}", "train.npz", "the test set has no field `y`"),
        ("arrays: train.npz\n  fields: {y: {classes: [a, b]}}", "y", "holds `7`"),
        ("arrays: train.npz\n  fields: {x: {kind: image}}", "x", "`x` is not an image"),
        ("folder: none", "none", "is not there"),
        ("random: {x: {kind: sequence, dtype: uint8, highest: 999}}", "x", "does not go into uint8"),
    ],
)
def test_a_mistake_in_the_data_is_shown_where_it_is_mended(
    files: Path, data: str, shown: str, message: str
) -> None:
    text = f"data:\n  {data}\n{REST}"
    try:
        _, found = load_source(Source("spec.yaml", text), "spec", (), None, folder=files)
    except SpecError as error:
        found = error.diagnostics
    (diagnostic,) = (each for each in found if message in each.message)
    span = diagnostic.span
    assert text.splitlines()[span.line - 1][span.column - 1 : span.end_column - 1] == shown
