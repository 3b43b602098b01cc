"""`nettool inspect`: what it draws and tells of a run is what Keras itself finds in its model."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from blank_pictures import blank_pictures
from command_goldens import assert_printed
from command_line import run
from numpy.typing import NDArray
from PIL import Image
from svg_tiles import tiles, words

pytestmark = pytest.mark.keras

SPEC = """
name: look
data: {dataset: digits, limit: 120, derive: {even: {from: label, values: ["no", "yes", "no", "yes", "no", "yes", "no", "yes", "no", "yes"]}}}
inputs: {image: [8, 8, 1]}
nodes:
  edge:   {layer: Conv2D, filters: 1, kernel_size: 3, padding: same, use_bias: false, trainable: false, activation: relu,
           weights: {kernel: [[-1, -1, -1], [0, 0, 0], [1, 1, 1]]}}
  conv:   {layer: Conv2D, from: image, filters: 4, kernel_size: 3, padding: same, activation: relu}
  deep:   {layer: Conv2D, filters: 6, kernel_size: 3}
  first:  {layer: Flatten, from: edge}
  second: {layer: Flatten, from: deep}
  flat:   {layer: Dropout, rate: 0.5, from: both}
  code:   {layer: Dense, units: 5}
  again:  {reuse: code, from: flat}
  label:  {layer: Dense, from: twice, units: 10}
  even:   {layer: Dense, from: again, units: 1, activation: sigmoid}
merges:
  both:   {merge: Concatenate, from: [first, second]}
  twice:  {merge: Add, from: [code, again]}
outputs: [label, even]
losses:
  label: {loss: SparseCategoricalCrossentropy, from_logits: true}
  even: binary_crossentropy
metrics: {label: accuracy}
train: {optimizer: {optimizer: Adam, learning_rate: 0.01}, epochs: 1, batch_size: 32}
"""

DENSE = """
name: dense
data: {dataset: digits, limit: 60}
inputs: {image: [64]}
nodes:
  row:   {layer: Dense, units: 3, activation: relu}
  label: {layer: Dense, units: 10, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
train: {epochs: 1, batch_size: 32}
"""

COPY = """
name: copy
data: {dataset: digits, limit: 60}
inputs: {image: [8, 8, 1]}
nodes:
  code: {layer: Conv2D, filters: 2, kernel_size: 3, padding: same}
  copy: {layer: Conv2D, filters: 1, kernel_size: 3, padding: same}
outputs: [copy]
losses: {copy: {loss: mean_squared_error, target: image}}
train: {epochs: 1, batch_size: 32, validation_split: 0}
"""


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run of each spec."""
    folder = tmp_path_factory.mktemp("inspect")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        blank_pictures(patch)
        for name, spec in (("look", SPEC), ("dense", DENSE), ("copy", COPY)):
            Path(f"{name}.yaml").write_text(spec.lstrip())
            assert run("train", f"{name}.yaml", "--quiet").code == 0
    return folder


@pytest.fixture(autouse=True)
def _in_the_folder(trained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(trained)


def drawn(*arguments: str) -> list[Path]:
    """The pictures that the command says it has drawn."""
    ended = run("inspect", *arguments)
    assert ended.code == 0, ended.err
    lines = ended.out.splitlines()
    assert all(line.startswith("drew ") for line in lines)
    return [Path(line.removeprefix("drew ")) for line in lines]


def picture(*arguments: str) -> bytes:
    (path,) = drawn(*arguments)
    return path.read_bytes()


def plot(name: str, run_name: str = "look") -> Path:
    return Path(f"runs/{run_name}/latest/plots/{name}").resolve().relative_to(Path.cwd().resolve())


def model(name: str = "look") -> Any:
    import keras

    return keras.models.load_model(Path(f"runs/{name}/latest/checkpoints/last/model.keras"), compile=False)


def images_to_test() -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    from nettool.data.builtin.reading.digits import read_digits

    _, test, _ = read_digits()
    return test.images.astype(np.float32) / 255, test.labels


def samples_of_page(path: Path) -> list[dict[str, Any]]:
    data = re.search(r'<script type="application/json" id="network">(.*?)</script>', path.read_text("utf-8"))
    assert data is not None
    found: list[dict[str, Any]] = json.loads(data[1])["samples"]
    return found


def test_the_page_of_a_run_shows_what_every_node_gives_for_samples(
    trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(trained)
    page = tmp_path / "net.html"
    ended = run("plot", "look", "-o", str(page), "--image", "3", "--image", "1", "--image", "3")
    assert ended.code == 0, ended.err
    samples = samples_of_page(page)
    assert [sample["name"] for sample in samples] == ["sample 3 of the test set", "sample 1 of the test set"]
    for sample in samples:
        tiles = sample["tiles"]
        assert set(tiles) == {
            *("image", "edge", "conv", "deep", "first", "second", "both", "flat", "code", "again", "twice"),
            *("label", "even"),
        }
        added = np.add(tiles["code"]["bars"], tiles["again"]["bars"])
        np.testing.assert_allclose(tiles["twice"]["bars"], added, rtol=1e-3, atol=2e-3)
        best = int(np.argmax(tiles["label"]["bars"]))
        assert tiles["label"]["answer"].startswith(f"{best} (")
        assert tiles["conv"]["words"].startswith("Channels 0 to 3, 8×8 each.")


def test_a_page_shows_a_sample_of_a_file_and_refuses_one_that_there_is_not(
    trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(trained)
    Image.fromarray(np.full((8, 8), 255, np.uint8)).save(tmp_path / "white.png")
    page = tmp_path / "net.html"
    assert run("plot", "copy", "-o", str(page), "--image", str(tmp_path / "white.png")).code == 0
    (sample,) = samples_of_page(page)
    assert set(sample["tiles"]) == {"image", "code", "copy"}
    assert sample["tiles"]["copy"]["words"] == "The image that it predicts."
    for images, message in (
        (["9999"], "there is no sample 9999"),
        (["0", str(tmp_path / "white.png")], "by their numbers or by files, not by both"),
        ([str(number) for number in range(13)], "13 samples are too many: a page shows at most 12"),
    ):
        ended = run("plot", "copy", "-o", str(page), *(word for each in images for word in ("--image", each)))
        assert ended.code == 2 and message in ended.err, ended.err


def test_the_weights_in_figures_are_keras_s_own() -> None:
    ended = run("inspect", "look", "weights", "--json")
    assert ended.code == 0, ended.err
    facts = json.loads(ended.out)
    layers = {layer.name: layer for layer in model().layers}
    expected = [
        (name, layers[name].get_weights()) for name in ("edge", "conv", "deep", "code", "even", "label")
    ]
    assert [(each["node"], each["variable"]) for each in facts] == [
        ("edge", "kernel"),
        *((name, word) for name, _ in expected[1:] for word in ("kernel", "bias")),
    ]
    arrays = [array for _, some in expected for array in some]
    for each, array in zip(facts, arrays, strict=True):
        assert (each["shape"], each["count"]) == (list(array.shape), array.size)
        assert [each["mean"], each["spread"], each["min"], each["max"]] == pytest.approx(
            [array.mean(), array.std(), array.min(), array.max()], rel=1e-4, abs=1e-7
        )
        assert each["zeros"] == pytest.approx((array == 0).mean())


def test_the_table_has_a_line_for_each_variable_and_names_the_model() -> None:
    ended = run("inspect", "look", "weights", "--checkpoint", "best")
    lines = ended.out.splitlines()
    assert lines[0].startswith("look/")
    assert lines[0].endswith(", best model")
    assert lines[3].split() == ["edge", "kernel", "3×3×1×1", "9", "0", "0.8165", "-1", "1", "33.3%"]
    assert lines[-1].endswith("numbers in 11 variables of 6 layers")


def test_a_kernel_written_by_hand_is_drawn_as_it_was_written() -> None:
    found = picture("look", "filters", "edge")
    tile = tiles(found)["unit_0"].astype(int)
    assert (tile[0, :, 2] > tile[0, :, 0] + 50).all()
    assert (tile[1] == 255).all()
    assert (tile[2, :, 0] > tile[2, :, 2] + 50).all()
    assert {"look: filters of edge", "Conv2D, 3×3, of image, 1 unit", "−1", "+1"} <= set(words(found))
    assert plot("filters_edge.svg").read_bytes() == found


def test_the_first_convolution_is_drawn_unless_another_node_is_named() -> None:
    assert drawn("look", "filters") == [plot("filters_edge.svg")]
    deeper = tiles(picture("look", "filters", "deep"))
    assert len(deeper) == 4 * 6 + 1
    kernel = model().get_layer("deep").get_weights()[0]
    strongest = np.unravel_index(np.abs(kernel).argmax(), kernel.shape)
    tile = deeper[f"unit_{strongest[3]}_channel_{strongest[2]}"].astype(int)
    assert tile[strongest[0], strongest[1]].sum() == min(
        each.astype(int).sum(axis=2).min() for name, each in deeper.items() if name != "scale"
    )


def test_a_shared_layer_has_one_kernel_and_an_image_as_a_row_is_an_image_again() -> None:
    assert drawn("look", "filters", "again") == [plot("filters_code.svg")]
    row = tiles(picture("dense", "filters", "row"))
    assert {name: tile.shape for name, tile in row.items() if name != "scale"} == {
        f"unit_{unit}": (8, 8, 3) for unit in range(3)
    }
    assert tiles(picture("dense", "filters", "label"))["matrix"].shape == (3, 10, 3)


def test_other_units_forms_and_places_can_be_chosen() -> None:
    few = tiles(picture("look", "filters", "deep", "--units", "5,0-1", "--channels", "3", "-o", "few.svg"))
    assert list(few) == ["unit_5_channel_3", "unit_0_channel_3", "unit_1_channel_3", "scale"]
    (path,) = drawn("look", "filters", "deep", "--format", "png", "--checkpoint", "best")
    assert path == plot("filters_deep_best.png")
    assert Image.open(path).format == "PNG"


def test_activations_are_what_keras_s_own_sub_model_gives() -> None:
    import keras

    found = picture("look", "activations", "conv", "deep", "label", "--image", "17")
    assert plot("activations_conv+deep+label_test-17.svg").is_file()
    images, labels = images_to_test()
    whole = model()
    reader = keras.Model(whole.inputs, [whole.get_layer(name).output for name in ("conv", "label")])
    conv, label = reader.predict(images[17:18], verbose=0)
    said = words(found)
    assert {"sample 17 of the test set", f"label: {labels[17]}", "Conv2D (8, 8, 4)"} <= set(said)
    assert {f"{value:.4g}" for value in label[0]} <= set(said)
    shown = tiles(found)
    np.testing.assert_array_equal(
        shown["sample"][..., 0].argmax(), np.rint(images[17][..., 0] * 255).argmax()
    )
    brightest = [shown[f"conv_{channel}"].astype(int).sum(axis=2).min() for channel in range(4)]
    assert int(np.argmin(brightest)) == int(conv[0].max(axis=(0, 1)).argmax())


def test_an_image_of_a_file_is_treated_as_the_run_s_own_were() -> None:
    images, _ = images_to_test()
    Image.fromarray(np.rint(images[17][..., 0] * 255).astype(np.uint8)).save("seventeen.png")
    of_file = tiles(picture("look", "activations", "conv", "--image", "seventeen.png"))
    assert plot("activations_conv_seventeen.svg").is_file()
    of_data = tiles(picture("look", "activations", "conv", "--image", "17"))
    for name, tile in of_data.items():
        np.testing.assert_array_equal(of_file[name], tile)
    by_field = tiles(picture("look", "activations", "conv", "--field", "image=seventeen.png", "-o", "f.svg"))
    np.testing.assert_array_equal(by_field["conv_3"], of_data["conv_3"])


def test_mistakes_are_those_that_keras_makes_the_surest_first() -> None:
    found = picture("look", "mistakes", "--of", "label", "--count", "5")
    images, labels = images_to_test()
    answers = model().predict(images[:120], verbose=0)["label"].astype(np.float64)
    shares = np.exp(answers - answers.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    wrong = np.flatnonzero(shares.argmax(axis=1) != labels[:120])
    surest = wrong[np.argsort(-shares[wrong].max(axis=1), kind="stable")][:5]
    assert list(tiles(found)) == [f"sample_{number}" for number in surest]
    said = words(found)
    assert said[0] == f"look: label: the 5 surest of {len(wrong)} mistakes"
    assert said[2] == f"predicted {shares[surest[0]].argmax()}"
    assert said[4] == f"true {labels[surest[0]]}"
    np.testing.assert_array_equal(
        tiles(found)[f"sample_{surest[0]}"][..., 0], np.rint(images[surest[0]][..., 0] * 255)
    )


def test_every_output_that_gives_a_class_has_pictures_of_its_own() -> None:
    assert drawn("look", "samples", "--count", "3") == [plot("samples_label.svg"), plot("samples_even.svg")]
    found = picture("look", "samples", "--of", "even", "--count", "3", "--seed", "1", "--part", "train")
    assert plot("samples_even_train.svg").read_bytes() == found
    assert words(found)[0] == "look: even: 3 of 108 samples of the training set"
    assert {"yes", "no"} <= set(words(found))
    assert len(tiles(found)) == 3


def test_samples_are_points_by_what_a_node_gives() -> None:
    (path,) = drawn("look", "embedding", "code", "--samples", "50")
    assert path == plot("embedding_code.svg")
    said = words(path.read_bytes())
    assert "50 of 120 samples of the test set, 5 numbers each; principal components" in said
    assert {str(digit) for digit in range(10)} <= set(said)
    (path,) = drawn("look", "embedding", "again", "--method", "tsne", "--by", "even")
    assert path == plot("embedding_again_tsne_even.svg")
    assert {"yes", "no"} <= set(words(path.read_bytes()))


def test_a_network_without_classes_is_looked_into_as_well() -> None:
    ended = run("inspect", "copy", "mistakes")
    assert ended.code == 2
    assert "no output of the network gives a class" in ended.err
    assert "0 (" in " ".join(words(picture("copy", "embedding", "code")))
    assert "copy" in words(picture("copy", "activations", "code", "copy"))


def test_wrong_calls_are_told_in_plain_words_before_anything_is_drawn() -> None:
    np.save("three.npy", np.zeros((3, 8, 8), np.uint8))
    before = sorted(Path("runs/look/latest/plots").iterdir())
    calls = [
        ("nowhere", "weights"),
        ("look", "filters", "conf"),
        ("look", "filters", "first"),
        ("look", "filters", "deep", "--units", "6"),
        ("look", "filters", "deep", "--units", "3-1"),
        ("look", "filters", "deep", "--units", "a"),
        ("look", "filters", "deep", "--variable", "bias"),
        ("look", "filters", "label", "--units", "1"),
        ("look", "filters", "-o", "a.gif"),
        ("look", "filters", "-o", "a.png", "--format", "svg"),
        ("look", "activations"),
        ("look", "activations", "conv", "--image", "120"),
        ("look", "activations", "conv", "--image", "missing.png"),
        ("look", "activations", "conv", "--image", "three.npy"),
        ("look", "activations", "conv", "--channels", "4"),
        ("look", "activations", "conv", "--invert"),
        ("look", "mistakes", "--of", "lable"),
        ("look", "mistakes", "-o", "a.svg"),
        ("look", "embedding", "coed"),
        ("look", "embedding", "code", "--by", "colour"),
        ("copy", "embedding", "code", "--part", "validation"),
    ]
    told = []
    for call in calls:
        ended = run("inspect", *call)
        assert ended.out == ""
        usage = [line for line in ended.err.splitlines() if not line.startswith(("Usage", "Try", "note"))]
        told.append(
            f"$ nettool inspect {' '.join(call)}\n" + "\n".join(usage).strip() + f"\n[{ended.code}]\n"
        )
    assert_printed("inspect_mistakes.txt", "\n".join(told))
    assert sorted(Path("runs/look/latest/plots").iterdir()) == before


def test_a_run_without_a_model_is_refused() -> None:
    path = Path("runs/copy/latest/checkpoints/best/model.keras")
    path.rename("away.keras")
    try:
        ended = run("inspect", "copy", "weights", "--checkpoint", "best")
    finally:
        Path("away.keras").rename(path)
    assert ended.code == 2
    assert "the run `copy` holds no `best` model" in ended.err
