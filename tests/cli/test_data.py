"""`nettool data list | info | fetch | verify`: what there is, what is in it, where it lies."""

import gzip
import json
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from command_goldens import assert_printed
from command_line import run

from nettool.data.builtin.catalogue import DATA_SETS
from nettool.data.builtin.published import FileLayout, PublishedFile
from nettool.data.formats.checksums import file_checksum

SPEC = """
name: shapes
data:
  dataset: digits
  classes: [3, 8, 5]
  limit: 200
  pad: [10, 12]
  derive: {is_eight: {from: label, values: ["no", "yes", "no"]}}
  normalize: standard
  augment: [{layer: RandomTranslation, height_factor: 0.1, width_factor: [-0.1, 0.2]}]
inputs: {image: [10, 12, 1]}
nodes:
  flat: {layer: Flatten}
  digit: {layer: Dense, units: 3, activation: softmax}
outputs: [digit]
losses: {digit: {loss: categorical_crossentropy, target: label}}
train: {epochs: 1, validation_split: 0.25}
"""

MNIST_FILES = tuple(alternatives[0].name for alternatives in DATA_SETS["mnist"].layouts[1].files)


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETTOOL_CACHE_DIR", "cache")
    monkeypatch.setenv("KERAS_HOME", "keras")
    monkeypatch.delenv("NETTOOL_DATA_DIR", raising=False)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("the network was used")

    for name in ("socket.connect", "socket.connect_ex", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(f"socket.{name}", refuse)


def write_mnist(folder: str) -> None:
    """Small files of the published names and form."""
    Path(folder).mkdir(parents=True)
    for name, count in zip(MNIST_FILES, (20, 20, 10, 10), strict=True):
        shape = (count, 28, 28) if "images" in name else (count,)
        size = count * (784 if "images" in name else 1)
        header = struct.pack(f">{1 + len(shape)}I", 0x800 | len(shape), *shape)
        Path(folder, name).write_bytes(gzip.compress(header + bytes(size), mtime=0))


def publish(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on MNIST is what lies in the folder."""
    files = tuple((PublishedFile(name, file_checksum(Path(folder, name))),) for name in MNIST_FILES)
    monkeypatch.setitem(DATA_SETS, "mnist", replace(DATA_SETS["mnist"], layouts=(FileLayout("idx", files),)))


def test_the_list_says_what_there_is_and_where_it_lies() -> None:
    write_mnist("mine/mnist")
    assert_printed("data_list.txt", run("data", "list", "--data-dir", "mine").out)
    facts = json.loads(run("data", "list", "--data-dir", "mine", "--json").out)
    assert [each["name"] for each in facts] == list(DATA_SETS)
    assert [each["folder"] for each in facts] == [None, "mine/mnist", None, None, None]
    assert [each["bytes_to_fetch"] for each in facts][:2] == [0, 11_490_434]


def test_sets_whose_files_have_the_same_names_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    write_mnist("flat")
    publish("flat", monkeypatch)
    facts = json.loads(run("data", "list", "--data-dir", "flat", "--json").out)
    assert [each["folder"] for each in facts][1:3] == ["flat", None]


@pytest.mark.parametrize("name", ["digits", "mnist", "cifar100"])
def test_a_set_has_a_page(name: str) -> None:
    assert_printed(f"data_info_{name}.txt", run("data", "info", name).out)


def test_the_page_as_json_has_files_with_their_checksums() -> None:
    facts = json.loads(run("data", "info", "mnist", "--json").out)
    assert facts["parts"] == {"train": 60_000, "test": 10_000}
    assert facts["fields"][0] == {
        "name": "image",
        "kind": "image",
        "shape": [28, 28, 1],
        "dtype": "uint8",
        "highest": 255.0,
        "classes": [],
    }
    assert facts["downloads"][0]["checksum"] == facts["forms"][0][0][0]["checksum"]


def test_a_spec_says_what_its_data_are_once_everything_is_done(tmp_path: Path) -> None:
    Path("shapes.yaml").write_text(SPEC)
    assert_printed("data_info_spec.txt", run("data", "info", "shapes.yaml").out)
    facts = json.loads(run("data", "info", "shapes.yaml", "--json", "--set", "data.limit=50").out)
    assert facts["parts"] == {"train": 50, "test": 50}
    assert facts["normalize"] == {"image": "standard"}
    assert facts["targets"] == {"digit": "label"}


def test_of_data_that_are_not_there_it_is_said_what_is_missing() -> None:
    arrays = SPEC.replace("dataset: digits", "arrays: nowhere.npz")
    Path("shapes.yaml").write_text(arrays)
    ended = run("data", "info", "shapes.yaml")
    assert ended.code == 4
    assert "nowhere.npz" in ended.err


def test_a_spec_without_data_has_nothing_to_show() -> None:
    Path("bare.yaml").write_text("inputs: {x: [4]}\nnodes: {y: {layer: Dense, units: 2}}\noutputs: [y]\n")
    for command in ("info", "preview"):
        ended = run("data", command, "bare.yaml")
        assert (ended.code, ended.out) == (2, "")
        assert "`bare.yaml` has no `data`" in ended.err


@pytest.mark.parametrize("command", ["info", "fetch", "verify"])
def test_a_misspelt_name_is_mended(command: str) -> None:
    ended = run("data", command, "minst")
    assert (ended.code, ended.out) == (2, "")
    assert "there is no data set `minst`: did you mean `mnist`?" in ended.err


def states(*arguments: str) -> tuple[int, list[str]]:
    ended = run("data", "verify", *arguments)
    return ended.code, [line.split()[0] for line in ended.out.splitlines()]


def test_published_files_are_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    write_mnist("mine")
    publish("mine", monkeypatch)
    assert states("mnist", "digits", "--data-dir", "mine") == (0, ["verified"] * 4 + ["embedded"])
    line = run("data", "verify", "mnist", "--data-dir", "mine").out.splitlines()[0]
    checksum = file_checksum(Path("mine", MNIST_FILES[0]))
    assert line == f"verified    mine/{MNIST_FILES[0]} ({checksum})"


@pytest.mark.parametrize(("folder", "state"), [("mine", "unverified"), ("cache/mnist", "damaged")])
def test_another_file_counts_in_the_user_s_folder_but_not_in_a_cache(
    folder: str, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_mnist(folder)
    publish(folder, monkeypatch)
    Path(folder, MNIST_FILES[2]).write_bytes(b"other")
    found = states("mnist", "--data-dir", "mine")
    assert found == (1, ["verified", "verified", state, "verified"])


def test_what_is_missing_is_named() -> None:
    assert states("mnist") == (4, ["missing"])
    write_mnist("mine")
    Path("mine", MNIST_FILES[3]).unlink()
    ended = run("data", "verify", "mnist", "--data-dir", "mine", "--json")
    assert ended.code == 1, "the files that are there are not known"
    assert [each["state"] for each in json.loads(ended.out)] == ["unverified"] * 3 + ["missing"]


def test_what_is_here_is_not_fetched(no_network: None) -> None:
    write_mnist("mine/mnist")
    ended = run("data", "fetch", "digits", "mnist", "--data-dir", "mine")
    assert (ended.code, ended.out, ended.err) == (
        0,
        "digits: embedded, nothing to fetch\nmnist: in mine/mnist\n",
        "",
    )


def test_offline_nothing_is_fetched(no_network: None) -> None:
    ended = run("data", "fetch", "mnist", "--offline")
    assert (ended.code, ended.out) == (4, "")
    assert ended.err.startswith(
        "error: the files of mnist are not on this machine, and --offline forbids fetching them\n"
    )
    assert list(Path.cwd().iterdir()) == []
