"""`nettool predict`: a model's answers are Keras's own for samples treated as in the training."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from blank_pictures import blank_pictures
from command_goldens import assert_printed
from command_line import run
from numpy.typing import NDArray
from PIL import Image

pytestmark = pytest.mark.keras

HEADS = """
name: heads
data:
  dataset: digits
  limit: 120
  derive:
    even: {from: label, values: ["no", "yes", "no", "yes", "no", "yes", "no", "yes", "no", "yes"]}
    size: {from: label, values: [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]}
  normalize: {image: standard, size: standard}
inputs: {image: [8, 8, 1]}
blocks:
  wide:
    inputs: [x]
    nodes:
      conv: {layer: Conv2D, from: x, filters: 4, kernel_size: 3, padding: same, activation: relu}
      drop: {layer: Dropout, rate: 0.5}
    outputs: [drop]
nodes:
  deep:  {block: wide, repeat: 2}
  flat:  {layer: Flatten}
  code:  {layer: Dense, units: 4}
  again: {reuse: code, from: pad}
  label: {layer: Dense, from: code, units: 10}
  even:  {layer: Dense, from: again, units: 1, activation: sigmoid}
  size:  {layer: Dense, from: again, units: 1}
  copy:  {layer: Conv2D, from: deep, filters: 1, kernel_size: 1}
merges:
  pad:   {merge: Add, from: [flat, flat]}
views:
  codes: {inputs: [image], outputs: [again]}
  rest:  {inputs: [code], outputs: [label]}
outputs: [label, even, size, copy]
losses:
  label: {loss: SparseCategoricalCrossentropy, from_logits: true}
  even: binary_crossentropy
  size: mean_squared_error
  copy: {loss: MeanSquaredError, target: image}
metrics: {label: accuracy}
train: {optimizer: {optimizer: Adam, learning_rate: 0.01}, epochs: 1, batch_size: 32}
"""

FLOWERS = """
name: flowers
data:
  table: flowers.csv
  columns: {petals: [length, width], kind: {column: kind, as: label}}
  normalize: standard
inputs: {petals: [2]}
nodes:
  kind: {layer: Dense, units: 2, activation: softmax}
outputs: [kind]
losses: {kind: categorical_crossentropy}
metrics: {kind: accuracy}
train: {epochs: 1, batch_size: 8}
"""

PAIRS = """
name: pairs
data: {dataset: digits, task: pairs, limit: 60, resize: [4, 4]}
inputs: {left: [4, 4, 1], right: [4, 4, 1]}
nodes:
  one:   {layer: Flatten, from: left}
  other: {layer: Flatten, from: right}
  same:  {layer: Dense, from: apart, units: 1}
merges:
  apart: {merge: Subtract, from: [one, other]}
outputs: [same]
losses: {same: {loss: BinaryCrossentropy, from_logits: true}}
train: {epochs: 1, batch_size: 32}
"""


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run of each spec, the digits' test images as files, and the table that was learnt."""
    folder = tmp_path_factory.mktemp("predict")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        blank_pictures(patch)
        random = np.random.default_rng(0)
        sizes = random.random((40, 2)).round(3)
        rows = [f"{length},{width},{'rose' if length > width else 'tulip'}" for length, width in sizes]
        Path("flowers.csv").write_text("\n".join(["length,width,kind", *rows, ""]))
        for name, spec in (("heads", HEADS), ("flowers", FLOWERS), ("pairs", PAIRS)):
            Path(f"{name}.yaml").write_text(spec.lstrip())
            assert run("train", f"{name}.yaml", "--quiet").code == 0
        Path("digits").mkdir()
        images, labels = digits_to_test()
        for place, (image, label) in enumerate(zip(images, labels, strict=True)):
            Image.fromarray(image[..., 0]).save(f"digits/{place:03}-{label}.png")
    return folder


@pytest.fixture(autouse=True)
def _in_the_folder(trained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(trained)


def digits_to_test() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    from nettool.data.builtin.reading.digits import read_digits

    _, test, _ = read_digits()
    return test.images[:120], test.labels[:120]


def predicted(*arguments: str) -> str:
    ended = run("predict", *arguments)
    assert ended.code == 0, ended.err
    return ended.out


def rows(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(predicted(*arguments, "--csv"))))


def model(name: str) -> Any:
    import keras

    return keras.models.load_model(Path(f"runs/{name}/latest/checkpoints/last/model.keras"), compile=False)


def scale(name: str, field: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    facts = json.loads(Path(f"runs/{name}/latest/preparation.json").read_text())["scales"][field]
    return np.array(facts["shift"], np.float32), np.array(facts["divisor"], np.float32)


def by_hand() -> tuple[NDArray[np.float32], dict[str, NDArray[np.float32]]]:
    """The test images as the network takes them, and what Keras makes of them."""
    shift, divisor = scale("heads", "image")
    x = (digits_to_test()[0].astype(np.float32) - shift) / divisor
    return x, model("heads").predict(x, batch_size=128, verbose=0)


def test_every_kind_of_output_is_keras_s_own_answer() -> None:
    _, answers = by_hand()
    found = rows("heads", "digits", "--batch-size", "128", "--top", "10")
    logits = answers["label"].astype(np.float64)
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert [row["label.class"] for row in found] == [str(each) for each in logits.argmax(axis=1)]
    for rank, column in ((1, "label.probability"), (10, "label.probability_10")):
        expected = np.sort(shares, axis=1)[:, -rank]
        assert [float(row[column]) for row in found] == pytest.approx(expected, rel=1e-6)
    even = answers["even"][:, 0]
    assert [row["even.class"] for row in found] == ["yes" if share >= 0.5 else "no" for share in even]
    yes = [
        float(row["even.probability" if row["even.class"] == "yes" else "even.probability_2"])
        for row in found
    ]
    assert yes == pytest.approx(even, rel=1e-6)
    shift, divisor = scale("heads", "size")
    assert [float(row["size"]) for row in found] == pytest.approx(
        answers["size"][:, 0] * divisor + shift, rel=1e-6
    )


def test_a_folder_of_the_test_images_gives_the_run_s_own_test_accuracy() -> None:
    found = rows("heads", "digits")
    right = [Path(row["file"]).stem[-1] == row["label.class"] for row in found]
    own = json.loads(Path("runs/heads/latest/results.json").read_text())["test"]["label_accuracy"]
    assert np.float32(np.mean(right)) == np.float32(own)


def test_nodes_are_what_keras_s_own_sub_model_gives() -> None:
    import keras

    x, answers = by_hand()
    asked = ("deep.1.conv", "deep", "again", "image", "label")
    nodes = [word for name in asked for word in ("--node", name)]
    told = predicted("heads", "digits", *nodes, "-o", "nodes.npz", "--batch-size", "128")
    assert told == (
        "wrote nodes.npz: deep.1.conv (120, 8, 8, 4), deep.2.drop (120, 8, 8, 4), again (120, 4), "
        "image (120, 8, 8, 1), label (120, 10)\n"
    )
    found = np.load("nodes.npz")
    whole = model("heads")
    conv, drop = (whole.get_layer(name).output for name in ("deep.1.conv", "deep.2.drop"))
    inner = keras.Model(whole.inputs, [conv, drop]).predict(x, batch_size=128, verbose=0)
    np.testing.assert_array_equal(found["deep.1.conv"], inner[0])
    np.testing.assert_array_equal(found["deep.2.drop"], inner[1])
    np.testing.assert_array_equal(found["image"], x)
    np.testing.assert_array_equal(found["label"], answers["label"])
    assert list(found["files"][:2]) == [str(path) for path in sorted(Path("digits").iterdir())[:2]]
    flat = keras.ops.reshape(inner[1], (120, -1))
    np.testing.assert_allclose(found["again"], whole.get_layer("code")(2 * flat), rtol=1e-5, atol=1e-5)


def test_a_view_gives_its_outputs() -> None:
    predicted("heads", "digits", "--view", "codes", "-o", "codes.npz")
    predicted("heads", "digits", "--node", "again", "-o", "again.npz")
    np.testing.assert_array_equal(np.load("codes.npz")["again"], np.load("again.npz")["again"])
    ended = run("predict", "heads", "digits", "--view", "rest", "-o", "rest.npz")
    assert ended.code == 2
    assert "the view `rest` starts at `code`" in ended.err


def test_pictures_are_written_as_the_network_gives_them() -> None:
    _, answers = by_hand()
    np.savez("some.npz", image=digits_to_test()[0][:3], label=digits_to_test()[1][:3])
    found = rows("heads", "some.npz", "--images", "copies")
    assert [row["copy.picture"] for row in found] == [f"copies/some-{number}.png" for number in range(3)]
    shift, divisor = scale("heads", "image")
    expected = np.rint((answers["copy"][:3].astype(np.float64) * divisor + shift).clip(0, 255))
    written = np.stack([np.asarray(Image.open(row["copy.picture"])) for row in found])
    assert np.abs(written - expected[..., 0]).max() <= 1


def test_arrays_images_and_lists_on_standard_input_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    np.save("two.npy", digits_to_test()[0][:2, ..., 0])
    names = sorted(str(path) for path in Path("digits").iterdir())[:2]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(names) + "\n"))
    bare = [{**row, "file": "", "sample": ""} for row in rows("heads", "two.npy")]
    assert [{**row, "file": ""} for row in rows("heads", *names)] == bare
    assert [{**row, "file": ""} for row in rows("heads", "-")] == bare


def test_other_images_are_made_to_fit_and_it_is_said() -> None:
    photo = Image.fromarray(np.random.default_rng(1).integers(0, 256, (20, 18), np.uint8))
    Image.merge("RGB", [photo.point(lambda value: 255 - value)] * 3).save("photo.png")
    ended = run("predict", "heads", "photo.png", "--invert", "--json")
    assert ended.err.splitlines()[0] == (
        "note: to be like those of the training, the image is resized from 20×18 to 8×8 and made grey"
    )
    shift, divisor = scale("heads", "image")
    pixels = np.asarray(photo.resize((8, 8), Image.Resampling.BILINEAR))[np.newaxis, ..., np.newaxis]
    size = model("heads").predict((pixels.astype(np.float32) - shift) / divisor, verbose=0)["size"]
    shift, divisor = scale("heads", "size")
    assert json.loads(ended.out)["outputs"]["size"]["values"] == pytest.approx(
        size[0] * divisor + shift, rel=1e-6
    )


def test_a_table_is_scaled_with_the_training_s_figures_and_the_training_s_files_may_be_gone(
    trained: Path,
) -> None:
    Path("new.csv").write_text("number,width,length\n1,0.25,0.75\n2,0.5,0.125\n")
    shift, divisor = scale("flowers", "petals")
    x = (np.array([[0.75, 0.25], [0.125, 0.5]], np.float32) - shift) / divisor
    expected = model("flowers").predict(x, verbose=0)
    Path("flowers.csv").rename("away.csv")
    try:
        found = rows("flowers", "new.csv", "--top", "1")
    finally:
        Path("away.csv").rename("flowers.csv")
    assert [float(row["probability"]) for row in found] == pytest.approx(expected.max(axis=1), rel=1e-6)
    classes = ["rose", "tulip"]
    assert [row["class"] for row in found] == [classes[place] for place in expected.argmax(axis=1)]


def test_two_inputs_take_a_file_each_or_one_with_both() -> None:
    images, _ = digits_to_test()
    np.savez("both.npz", left=images[:3], right=images[3:6])
    both = rows("pairs", "both.npz")
    names = sorted(str(path) for path in Path("digits").iterdir())[:6]
    fields = [word for name in names[:3] for word in ("--field", f"left={name}")]
    fields += [word for name in names[3:] for word in ("--field", f"right={name}")]
    apart = rows("pairs", *fields)
    assert [row["file"] for row in apart] == [f"{a} + {b}" for a, b in zip(names[:3], names[3:], strict=True)]
    assert [{**row, "file": "", "sample": ""} for row in both] == [{**row, "file": ""} for row in apart]


def test_a_file_is_written_whole_or_not_at_all() -> None:
    predicted("flowers", "flowers.csv", "-o", "whole.csv")
    assert Path("whole.csv").read_text() == predicted("flowers", "flowers.csv", "--csv")
    images = digits_to_test()[0][:2]
    Image.fromarray(images[0][..., 0]).save("sound.png")
    content = Path("sound.png").read_bytes()
    Path("broken.png").write_bytes(content[:-40])
    Path("kept.csv").write_text("as it was")
    ended = run("predict", "heads", "sound.png", "broken.png", "-o", "kept.csv")
    assert (ended.code, ended.out) == (4, "")
    assert "`broken.png` is a damaged image" in ended.err
    assert Path("kept.csv").read_text() == "as it was"


def test_mistakes_are_told_in_plain_words() -> None:
    np.save("wide.npy", np.zeros((2, 8, 8, 2), np.uint8))
    np.save("infinite.npy", np.full((2, 8, 8), np.nan, np.float32))
    np.savez("other.npz", pictures=np.zeros((1, 8, 8), np.uint8), more=np.zeros(1))
    np.save("three.npy", np.zeros((5, 3)))
    Path("words.txt").write_text("no image")
    Path("narrow.csv").write_text("lenght,width\n1,2\n")
    Path("gap.csv").write_text("length,width\n1,2\n1,nan\n")
    Path("empty").mkdir(exist_ok=True)
    calls = [
        ("nowhere", "two.npy"),
        ("heads",),
        ("heads", "missing.png"),
        ("heads", "words.txt"),
        ("heads", "empty"),
        ("heads", "wide.npy"),
        ("heads", "infinite.npy"),
        ("heads", "other.npz"),
        ("flowers", "three.npy"),
        ("flowers", "digits/000-5.png"),
        ("flowers", "narrow.csv"),
        ("flowers", "gap.csv"),
        ("flowers", "flowers.csv", "--invert"),
        ("pairs", "digits/000-5.png"),
        ("pairs", "--field", "left=digits/000-5.png"),
        ("pairs", "--field", "lift=digits/000-5.png"),
        ("pairs", "--field", "left=digits", "--field", "right=digits/000-5.png"),
        ("heads", "digits", "--node", "deep.3", "-o", "a.npz"),
        ("heads", "digits", "--node", "agian", "-o", "a.npz"),
        ("heads", "digits", "--node", "again"),
        ("flowers", "flowers.csv", "--images", "pictures"),
    ]
    told = []
    for call in calls:
        ended = run("predict", *call)
        assert ended.out == ""
        usage = [line for line in ended.err.splitlines() if not line.startswith(("Usage", "Try", "note"))]
        told.append(
            f"$ nettool predict {' '.join(call)}\n" + "\n".join(usage).strip() + f"\n[{ended.code}]\n"
        )
    assert_printed("predict_mistakes.txt", "\n".join(told))
