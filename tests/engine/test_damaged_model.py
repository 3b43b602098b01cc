"""A model's file that is damaged, of another network, or made to do harm: one plain error, and nothing is run."""

import io
import json
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import h5py
import numpy as np
import pytest

from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.network import Graph
from nettool.record.run_damaged import RunDamaged

pytestmark = pytest.mark.keras

NETWORK = """
inputs: {image: [6, 6, 1]}
nodes:
  conv: {layer: Conv2D, filters: 3, kernel_size: 3, strides: 2, activation: relu}
  norm: {layer: BatchNormalization}
  leak: {layer: LeakyReLU, negative_slope: 0.25}
  flat: {layer: Flatten}
  two: {layer: Dense, units: 2, activation: softmax}
outputs: [two]
"""
CONFIG, WEIGHTS = "config.json", "model.weights.h5"
Members = dict[str, bytes]


def graph() -> Graph:
    plan, _ = load_source(Source("toy.yaml", NETWORK.lstrip()), "toy")
    return plan.graph


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from nettool.engine.model.build_model import build_model

    path = tmp_path_factory.mktemp("sound") / "model.keras"
    build_model(graph()).save(path)
    return path


def loaded(path: Path) -> Any:
    from nettool.engine.evaluate.load_model import load_model

    return load_model(path, graph())


def test_a_network_that_is_built_after_others_is_the_same_one(tmp_path: Path) -> None:
    """Keras numbers the operations that it adds for masks through all networks of a process."""
    from nettool.engine.evaluate.load_model import load_model
    from nettool.engine.model.build_model import build_model

    text = """
inputs: {s: [6, 2]}
nodes:
  filled: {layer: Masking}
  steps: {layer: LSTM, units: 3, return_sequences: true}
  both: {layer: Bidirectional, of: {layer: GRU, units: 2}}
outputs: [both]
"""
    plan, _ = load_source(Source("masks.yaml", text.lstrip()), "masks")
    samples = np.random.default_rng(0).normal(size=(4, 6, 2))
    for number in range(3):
        model = build_model(plan.graph)
        model.save(tmp_path / f"{number}.keras")
        again = load_model(tmp_path / f"{number}.keras", plan.graph)
        assert np.array_equal(again.predict(samples, verbose=0), model.predict(samples, verbose=0))


def rewritten(sound: Path, folder: Path, change: Callable[[Members], None], compression: int = 0) -> Path:
    with ZipFile(sound) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    path = folder / "model.keras"
    with ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def described(change: Callable[[dict[str, Any]], None]) -> Callable[[Members], None]:
    """Change what is said of the layers, which are given by their names."""

    def changed(members: Members) -> None:
        facts = json.loads(members[CONFIG])
        layers = {each["config"]["name"]: each for each in facts["config"]["layers"]}
        change({**layers, "": facts})
        members[CONFIG] = json.dumps(facts).encode()

    return changed


def weighed(change: Callable[[h5py.File], None]) -> Callable[[Members], None]:
    def changed(members: Members) -> None:
        buffer = io.BytesIO(members[WEIGHTS])
        with h5py.File(buffer, "r+") as file:
            change(file)
        members[WEIGHTS] = buffer.getvalue()

    return changed


def kernel(file: h5py.File) -> Any:
    return file["layers/dense/vars"]


def replaced(file: h5py.File, what: Any) -> None:
    del kernel(file)["0"]
    kernel(file)["0"] = what


def stated(file: h5py.File, **how: Any) -> None:
    del kernel(file)["0"]
    kernel(file).create_dataset("0", dtype="f4", **how)


def virtual(file: h5py.File) -> None:
    layout = h5py.VirtualLayout((12, 2), "f4")
    layout[:] = h5py.VirtualSource("/etc/passwd", "x", (12, 2))
    del kernel(file)["0"]
    kernel(file).create_virtual_dataset("0", layout)


def lambda_layer(layers: dict[str, Any]) -> None:
    layers["leak"].update(
        class_name="Lambda",
        config={"name": "leak", "function": {"class_name": "__lambda__", "config": {"code": "4wEA"}}},
    )


DAMAGES: dict[str, Callable[[Members], None]] = {
    "no description": lambda members: members.pop(CONFIG) and None,
    "no weights": lambda members: members.pop(WEIGHTS) and None,
    "description is empty": lambda members: members.update({CONFIG: b""}),
    "description is no JSON": lambda members: members.update({CONFIG: b"{"}),
    "description is a list": lambda members: members.update({CONFIG: b"[]"}),
    "description is deep": lambda members: members.update({CONFIG: b"[" * 100_000}),
    "description is not UTF-8": lambda members: members.update({CONFIG: b'{"\xff": 1}'}),
    "no layers": described(lambda layers: layers[""]["config"].pop("layers")),
    "layers of numbers": described(lambda layers: layers[""]["config"].update(layers=[1, 2])),
    "a layer less": described(lambda layers: layers[""]["config"]["layers"].pop(2)),
    "layers in another order": described(lambda layers: layers[""]["config"]["layers"].reverse()),
    "another activation": described(lambda layers: layers["two"]["config"].update(activation="linear")),
    "another option": described(lambda layers: layers["leak"]["config"].update(negative_slope=0.5)),
    "another layer": described(lambda layers: layers["leak"].update(class_name="ReLU")),
    "another input": described(lambda layers: layers["two"].update(inbound_nodes=[])),
    "other outputs": described(lambda layers: layers[""]["config"].update(output_layers=["flat", 0, 0])),
    "another name": described(lambda layers: layers["two"]["config"].update(name="three")),
    "another precision": described(lambda layers: layers["two"]["config"].update(dtype="float16")),
    "code": described(lambda_layer),
    "a module of Python": described(lambda layers: layers["leak"].update(module="os", class_name="system")),
    "an object within an option": described(
        lambda layers: layers["leak"]["config"].update(
            more={"module": "keras.layers", "class_name": "TFSMLayer", "config": {"filepath": "/tmp/x"}}
        )
    ),
    "weights are no HDF5": lambda members: members.update({WEIGHTS: b"no HDF5"}),
    "weights are cut off": lambda members: members.update({WEIGHTS: members[WEIGHTS][:2000]}),
    "weights are empty": lambda members: members.update({WEIGHTS: b""}),
    "a layer without weights": weighed(lambda file: file.pop("layers/dense")),
    "a weight less": weighed(lambda file: file.pop("layers/dense/vars/1")),
    "weights of another shape": weighed(lambda file: replaced(file, np.zeros((12, 3), "f4"))),
    "text as weights": weighed(lambda file: replaced(file, "text")),
    "a soft link": weighed(lambda file: replaced(file, h5py.SoftLink("/layers/dense/vars/1"))),
    "a link to a file": weighed(lambda file: replaced(file, h5py.ExternalLink("/etc/passwd", "/x"))),
    "numbers of a file": weighed(lambda file: stated(file, shape=(12, 2), external=[("/etc/passwd", 0, 96)])),
    "numbers of many files": weighed(virtual),
    "more numbers than there are": weighed(lambda file: stated(file, shape=(3 * 10**9,))),
    "a bomb within HDF5": weighed(
        lambda file: stated(file, shape=(10**9,), chunks=(10**6,), compression="gzip", fillvalue=0)
    ),
    "a ring of groups": weighed(lambda file: file["layers"].update({"again": file["layers"]})),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_it_is_named_and_nothing_is_made_of_it(
    damage: str, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = rewritten(sound, tmp_path, DAMAGES[damage])
    began = time.process_time()
    with pytest.raises(RunDamaged, match=r"^model\.keras is damaged: [i`]") as told:
        loaded(path)
    assert time.process_time() - began < 2
    assert "\n" not in str(told.value)
    assert told.value.path == path


@pytest.mark.parametrize("part", range(12))
def test_cut_off_or_with_a_wrong_byte_anywhere(part: int, sound: Path, tmp_path: Path) -> None:
    content = sound.read_bytes()
    place = (2 * part + 1) * len(content) // 24
    path = tmp_path / "model.keras"
    path.write_bytes(content[:place])
    with pytest.raises(RunDamaged):
        loaded(path)
    path.write_bytes(content[:place] + bytes([content[place] ^ 0x40]) + content[place + 1 :])
    with pytest.raises(RunDamaged):
        loaded(path)


def test_a_bomb_is_not_unpacked(sound: Path, tmp_path: Path) -> None:
    zeros = bytes(50_000_000)
    path = rewritten(sound, tmp_path, lambda members: members.update(zeros=zeros), ZIP_DEFLATED)
    with pytest.raises(RunDamaged, match="it unpacks to more bytes than it has"):
        loaded(path)


def test_many_members_are_not_listed(tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, 90_000_000, 0, 0)
    path.write_bytes(bytes(100_000_000) + end)
    with pytest.raises(RunDamaged, match="it lists more members than any run writes"):
        loaded(path)


def test_the_other_network_is_said_in_words(sound: Path, tmp_path: Path) -> None:
    path = rewritten(sound, tmp_path, DAMAGES["another activation"])
    with pytest.raises(RunDamaged) as told:
        loaded(path)
    assert str(told.value) == (
        "model.keras is damaged: it holds another network than its run: "
        'its layer `two` differs in `activation`: "linear" in the file and "softmax" in resolved.yaml'
    )


def test_a_sound_one_gives_what_keras_gives(sound: Path) -> None:
    import keras

    images = np.random.default_rng(1).random((5, 6, 6, 1), np.float32)
    plain = keras.models.load_model(sound)
    np.testing.assert_array_equal(loaded(sound).predict(images, verbose=0), plain.predict(images, verbose=0))


@pytest.mark.parametrize("precision", ["mixed_float16", "mixed_bfloat16", "float64"])
def test_the_precision_of_the_run_comes_back(precision: Any, tmp_path: Path) -> None:
    import keras

    from nettool.engine.evaluate.load_model import load_model
    from nettool.engine.model.build_model import build_model

    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(precision)
    model = build_model(graph())
    keras.config.set_dtype_policy(before)
    model.save(tmp_path / "model.keras")
    images = np.random.default_rng(1).random((5, 6, 6, 1), np.float32)
    found = load_model(tmp_path / "model.keras", graph(), precision)
    assert keras.config.dtype_policy() == before
    np.testing.assert_array_equal(found.predict(images, verbose=0), model.predict(images, verbose=0))
    with pytest.raises(RunDamaged, match="differs in `dtype"):
        loaded(tmp_path / "model.keras")
