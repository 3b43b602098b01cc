"""Advice is obeyed word for word: the mended line that a message shows takes the wrong one's place.

So each line of the tables below holds that whoever does what the help says ends with a sound spec.
"""

from pathlib import Path

import pytest

from nettool.diagnostics.diagnostic import Diagnostic, SpecError
from nettool.diagnostics.source import Source
from nettool.load import load_source
from tests.obeyed import obeyed

SOUND = """\
name: small
inputs: {image: [8, 8, 1]}
nodes:
  conv: {layer: Conv2D, filters: 8, kernel_size: 3, activation: relu}
  flat: {layer: Flatten}
  digit: {layer: Dense, units: 10, activation: softmax}
outputs: [digit]
losses: {digit: sparse_categorical_crossentropy}
metrics: {digit: [accuracy]}
data: digits
train: {optimizer: adam, epochs: 3, batch_size: 32}
"""

NOTATION = [
    ("image: [8, 8, 1]", "image: (8, 8, 1)", "image: [8, 8, 1]"),
    ("image: [8, 8, 1]", "image: 8x8x1", "image: [8, 8, 1]"),
    ("image: [8, 8, 1]", "image: ['8', 8, 1]", "image: [8, 8, 1]"),
    ("inputs: {image: [8, 8, 1]}", "inputs:\n  image: (8, 8, 1)", "image: [8, 8, 1]"),
    ("kernel_size: 3", "kernel_size: (3, 3)", "kernel_size: [3, 3]"),
    ("kernel_size: 3", "kernel_size: 3x3", "kernel_size: [3, 3]"),
    ("kernel_size: 3", "kernel_size: [3, '3']", "kernel_size: [3, 3]"),
    ("activation: relu", "activation: None", "activation: null"),
    ("activation: relu", "use_bias: yes", "use_bias: true"),
    ("activation: relu", "use_bias: 'false'", "use_bias: false"),
    ("filters: 8", 'filters: "8"', "filters: 8"),
    ("filters: 8", "filters: 8.0", "filters: 8"),
    (
        "layer: Flatten}",
        "layer: Flatten}\n  scaled: {layer: Rescaling, scale: 1/255}",
        "scale: 0.00392156862745098",
    ),
    ("batch_size: 32", "batch_size: '32'", "batch_size: 32"),
    ("batch_size: 32", "batch_size: 1_000", "batch_size: 1000"),
    ("batch_size: 32", "validation_split: 20%", "validation_split: 0.2"),
    ("data: digits", "data: {dataset: digits, resize: (8, 8)}", "resize: [8, 8]"),
    ("units: 10", "units:10", "units: 10"),
    ("epochs: 3", "epochs:3", "epochs: 3"),
    ("layer: Flatten", "layer:Flatten", "layer: Flatten"),
    ("{layer: Flatten}", "\n    layer: Flatten\n    trainable:false", "trainable: false"),
    ("flat: {layer: Flatten}", "flat:{layer: Flatten}", "flat: {layer: Flatten}"),
    (
        "train: {optimizer: adam, epochs: 3, batch_size: 32}",
        "train:\n  epochs: 3\n  batch_size:32",
        "batch_size: 32",
    ),
    ("train: {optimizer: adam, epochs: 3, batch_size: 32}", "train:\n  epochs:3", "train: {epochs: 3}"),
    (
        "train: {optimizer: adam, epochs: 3, batch_size: 32}",
        "train:\n  epochs:3\n  batch_size:32",
        "train: {epochs: 3, batch_size: 32}",
    ),
]
"""What is right in the sound spec, what somebody writes instead, and the mended line that they are shown."""

WORDS = [
    (
        "optimizer: adam,",
        "optimizer: adam, learning_rate: 0.01,",
        "optimizer: {optimizer: adam, learning_rate: 0.01}",
    ),
    ("optimizer: adam,", "lr: 0.01,", "optimizer: {optimizer: Adam, learning_rate: 0.01}"),
    (
        "optimizer: adam,",
        "optimizer: {optimizer: SGD, momentum: 0.9}, learning_rate: 1e-2,",
        "optimizer: {optimizer: SGD, momentum: 0.9, learning_rate: 1e-2}",
    ),
    ("name: small", "name: small\nlearning_rate: 0.01", "optimizer: {optimizer: adam, learning_rate: 0.01}"),
    ("optimizer: adam,", "scheduler: cosine,", None),
    ("optimizer: adam,", "optimizer: {name: adam, learning_rate: 0.01},", None),
    ("optimizer: adam,", "optimizer: {type: adam},", "optimizer: {optimizer: adam}"),
    ("optimizer: adam,", "optimizer: {adam: {learning_rate: 0.01}},", None),
    (
        "optimizer: adam,",
        "optimizer: {learning_rate: 0.01},",
        "optimizer: {optimizer: Adam, learning_rate: 0.01}",
    ),
    ("optimizer: adam,", "callbacks: [EarlyStopping],", "early_stopping: {}"),
    (
        "optimizer: adam,",
        "callbacks: [{EarlyStopping: {patience: 3, restore_best_weights: true}}, TensorBoard, ModelCheckpoint],",
        "early_stopping: {patience: 3, restore_best: true}",
    ),
    ("optimizer: adam,", "callbacks: [ModelCheckpoint],", "callbacks"),
    (
        "name: small",
        "name: small\ncallbacks: [{callback: ReduceLROnPlateau, factor: 0.5, min_lr: 1e-5}]",
        "reduce_learning_rate: {factor: 0.5, min_learning_rate: 1e-5}",
    ),
    ("optimizer: adam,", "patience: 3,", "early_stopping: {patience: 3}"),
    ("optimizer: adam,", "early_stopping: true,", "early_stopping: {}"),
    ("optimizer: adam,", "early_stopping: 5,", "early_stopping: {patience: 5}"),
    ("optimizer: adam,", "early_stopping: val_loss,", "early_stopping: {monitor: val_loss}"),
    ("optimizer: adam,", "reduce_learning_rate: false,", "reduce_learning_rate"),
    ("optimizer: adam,", "val_split: 0.2,", "validation_split"),
    ("epochs: 3", "num_epochs: 3", "epochs"),
    ("epochs: 3", "epochs: 3, num_epochs: 4", "num_epochs"),
    ("batch_size: 32", "bs: 32", "batch_size"),
    ("optimizer: adam,", "shuffle: true,", "shuffle"),
    ("optimizer: adam,", "verbose: 1,", "verbose"),
    ("optimizer: adam,", "mixed_precision: true,", "precision: mixed_float16"),
    ("optimizer: adam,", "precision: fp16,", "mixed_float16"),
    ("optimizer: adam, epochs: 3,", "optimizer: adam,", None),
    ("name: small", "name: small\nepochs: 3", "epochs"),
    ("name: small", "name: small\nval_split: 0.2", "validation_split: 0.2"),
    ("name: small", "name: small\nseed: 3", "seed: 3"),
    ("train: {optimizer: adam, epochs: 3, batch_size: 32}", "epochs: 3", "epochs: 3"),
    ("train: {optimizer: adam, epochs: 3, batch_size: 32}", "training: {epochs: 3}", "train"),
    ("data: digits", "data: {dataset: digits, val_split: 0.2}", "validation_split: 0.2"),
    ("data: digits", "data: {dataset: digits, batch_size: 32}", "batch_size"),
    ("data: digits", "data: {dataset: digits, shuffle: true}", "shuffle"),
    ("data: digits", "data: {dataset: digits, augmentation: [RandomFlip]}", "augment"),
    ("data: digits", "data: {name: digits}", "dataset"),
    ("data: digits", "dataset: digits", "data"),
    ("optimizer: adam,", "limit: 100,", "data: {dataset: digits, limit: 100}"),
    ("name: small", "name: small\ntest_split: 0.3", "data: {dataset: digits, test_split: 0.3}"),
    ("data: digits", "data: {csv: t.csv, columns: {image: [a], digit: b}}", "table"),
    ("data: digits", "data: {path: t.csv, columns: {image: [a], digit: b}}", "table"),
    ("data: digits", "data: t.npz", "data: {arrays: t.npz}"),
    ("data: digits", "data: {file: t.npz}", "arrays"),
    ("data: digits", "data: {directory: pets}", "folder"),
    (
        "losses: {digit: sparse_categorical_crossentropy}",
        "losses: sparse_categorical_crossentropy",
        "losses: {digit: sparse_categorical_crossentropy}",
    ),
    (
        "losses: {digit: sparse_categorical_crossentropy}",
        "loss: sparse_categorical_crossentropy",
        "losses: {digit: sparse_categorical_crossentropy}",
    ),
    (
        "losses: {digit: sparse_categorical_crossentropy}",
        "losses: [sparse_categorical_crossentropy]",
        "losses: {digit: sparse_categorical_crossentropy}",
    ),
    ("digit: sparse_categorical_crossentropy", "digit: {type: mse}", "{loss: mse}"),
    ("optimizer: adam,", "loss: mse,", "loss"),
    ("metrics: {digit: [accuracy]}", "metrics: [accuracy]", "metrics: {digit: [accuracy]}"),
    ("metrics: {digit: [accuracy]}", "metrics: accuracy", "metrics: {digit: accuracy}"),
    ("flat: {layer: Flatten}", "flat: Flatten", "flat: {layer: Flatten}"),
    ("flat: {layer: Flatten}", "flat: {type: Flatten}", "flat: {layer: Flatten}"),
    (
        "flat: {layer: Flatten}",
        "flat: {Flatten: {trainable: false}}",
        "flat: {layer: Flatten, trainable: false}",
    ),
]
"""The same for words of other tools, and for keys in the wrong section."""

NODES = SOUND[SOUND.index("nodes:") : SOUND.index("outputs:")].rstrip("\n")
STRUCTURE = [
    ("inputs: {image: [8, 8, 1]}", "inputs: {image: [null, 8, 8, 1]}", "image: [8, 8, 1]"),
    ("inputs: {image: [8, 8, 1]}", "inputs: {image: [32, 8, 8, 1]}", "image: [8, 8, 1]"),
    ("inputs: {image: [8, 8, 1]}", "inputs: {image: (None, 8, 8, 1)}", "image: [8, 8, 1]"),
    (
        "inputs: {image: [8, 8, 1]}",
        "inputs: {image: {shape: [null, 8, 8, 1], dtype: float32}}",
        "shape: [8, 8, 1]",
    ),
    ("inputs: {image: [8, 8, 1]}", "inputs: [8, 8, 1]", "inputs: {image: [8, 8, 1]}"),
    ("inputs: {image: [8, 8, 1]}", "input_shape: [8, 8, 1]", "inputs: {image: [8, 8, 1]}"),
    ("inputs: {image: [8, 8, 1]}", "inputs: {image: {input_shape: [8, 8, 1]}}", "shape"),
    ("outputs: [digit]", "outputs: {digit: digit}", "outputs: [digit]"),
    ("losses: {digit:", "losses: {loss:", "digit"),
    (
        NODES,
        NODES.replace("  conv", "  - conv").replace("  flat", "  - flat").replace("  digit", "  - digit"),
        None,
    ),
    (
        NODES,
        "nodes: [{layer: Conv2D, filters: 8, kernel_size: 3}, Flatten, {layer: Dense, name: digit, units: 10}]",
        None,
    ),
    ("  flat:", "  dígito:", "digito"),
    ("  flat:", "  größe:", "grosse"),
    ("  flat:", "  1flat:", "flat_1"),
    ("  flat:", "  my flat:", "my_flat"),
    ("  flat:", "  res.flat:", "res_flat"),
    ("  flat:", "  _flat:", "flat"),
    ("  flat:", "  扁平:", "node"),
    ("name: small", "name: ../small", "small"),
]
"""The same for inputs, nodes and outputs in another form, and for names in other letters."""


@pytest.mark.parametrize(("right", "wrong", "mended"), STRUCTURE, ids=lambda each: (each or "")[:40])
def test_another_form_of_a_section_is_put_right(right: str, wrong: str, mended: str | None) -> None:
    leads_to_a_sound_spec(broken(right, wrong), *([] if mended is None else [mended]))


def test_a_batch_axis_is_recognized_without_data() -> None:
    text = "inputs: {image: {shape: [null, 8, 8, 3], dtype: float16}}\nnodes:\n"
    text += "  conv: {layer: Conv2D, filters: 8, kernel_size: 3}\noutputs: [conv]\n"
    leads_to_a_sound_spec(text, "shape: [8, 8, 3]")
    leads_to_a_sound_spec(
        text.replace("{shape: [null, 8, 8, 3], dtype: float16}", "[null, 8, 8, 3]"), "image: [8, 8, 3]"
    )


@pytest.mark.parametrize(("right", "wrong", "mended"), WORDS, ids=lambda each: (each or "")[:40])
def test_a_word_of_another_tool_or_in_the_wrong_section_is_put_right(
    right: str, wrong: str, mended: str | None
) -> None:
    leads_to_a_sound_spec(broken(right, wrong), *([] if mended is None else [mended]))


def test_losses_and_metrics_inside_of_train_become_sections() -> None:
    text = SOUND.replace(
        "losses: {digit: sparse_categorical_crossentropy}\nmetrics: {digit: [accuracy]}\n", ""
    )
    text = text.replace("epochs: 3", "loss: mse, metrics: [accuracy]")
    leads_to_a_sound_spec(text, "losses: {digit: mse}", "metrics: {digit: [accuracy]}")


@pytest.mark.parametrize(("right", "wrong", "mended"), NOTATION, ids=lambda each: each[:40])
def test_a_value_in_another_notation_is_shown_in_yaml(right: str, wrong: str, mended: str) -> None:
    leads_to_a_sound_spec(broken(right, wrong), mended)


def broken(right: str, wrong: str) -> str:
    assert SOUND.count(right) == 1
    return SOUND.replace(right, wrong)


def leads_to_a_sound_spec(text: str, *mended: str, folder: Path | None = None) -> None:
    """Follow the first advice until nothing is wrong; all lines of `mended` must have been shown on the way."""
    shown: list[str] = []
    for _ in range(6):
        errors = errors_of(text, folder)
        if not errors:
            break
        shown += [error.help or "" for error in errors]
        following = obeyed(text, errors[0])
        assert following is not None, f"no advice that can be followed: {errors[0]}"
        assert following != text, f"advice that changes nothing: {errors[0].help}"
        text = following
    assert not errors_of(text, folder), text
    for line in mended:
        assert any(f"`{line}`" in advice for advice in shown), shown


def errors_of(text: str, folder: Path | None = None) -> tuple[Diagnostic, ...]:
    try:
        load_source(Source("small.yaml", text), "small", folder=folder)
    except SpecError as error:
        return error.diagnostics
    return ()
