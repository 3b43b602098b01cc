import json
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from nettool.data.field import Field
from nettool.data.prediction.preparation import Preparation
from nettool.data.scale import Scale
from nettool.record.files.preparation_file import (
    MEMBER,
    add_preparation,
    preparation_of,
    preparation_path,
    read_preparation,
    write_preparation,
)
from nettool.record.run_directory import RunDirectory

PREPARATION = Preparation(
    (
        Field("image", "image", (8, None, 3), "uint8", 255.0),
        Field("label", "label", (), "int64", 1.0, ("cat", "naïve dog")),
    ),
    {"image": Scale((0.1, 1 / 3, 125.30691805), (63.0, 1e-8, 2.0)), "label": Scale()},
)


def test_a_run_gives_back_what_was_written_to_the_last_bit(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    assert read_preparation(run) is None
    write_preparation(run, PREPARATION)
    assert preparation_path(run) == tmp_path / "preparation.json"
    assert read_preparation(run) == PREPARATION


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", '{"fields": []}', '{"fields": [{"x": 1}], "scales": {}}']
)
def test_a_file_that_says_something_else_is_named(tmp_path: Path, text: str) -> None:
    preparation_path(RunDirectory(tmp_path)).write_text(text)
    with pytest.raises(ValueError, match=r"preparation\.json is damaged: "):
        read_preparation(RunDirectory(tmp_path))


def test_a_model_file_says_it_too(tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    with ZipFile(path, "w") as archive:
        archive.writestr("config.json", "{}")
    assert preparation_of(path) is None
    add_preparation(path, PREPARATION)
    assert preparation_of(path) == PREPARATION
    with ZipFile(path) as archive:
        assert archive.namelist() == ["config.json", MEMBER]
        assert json.loads(archive.read(MEMBER)) == json.loads(json.dumps(PREPARATION.facts()))


@pytest.mark.keras
def test_plain_keras_opens_a_model_with_its_preparation(tmp_path: Path) -> None:
    from nettool.engine.devices.start import start

    start()
    import keras

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
    path = tmp_path / "model.keras"
    model.save(path)
    add_preparation(path, PREPARATION)
    opened = keras.models.load_model(path)
    x = np.ones((2, 4), np.float32)
    assert np.array_equal(opened.predict(x, verbose=0), model.predict(x, verbose=0))
