"""Advice is obeyed word for word: the mended line that a message shows takes the wrong one's place.

So each line of the tables below holds that whoever does what the help says ends with a sound spec.
"""

from collections import Counter
from pathlib import Path

import pytest
from obeyed import obeyed

from nettool.diagnostics.diagnostic import Diagnostic, SpecError
from nettool.diagnostics.source import Source
from nettool.load import load_source
from nettool.spec import other_words

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
    ("name: small", "name: small\nloss: mse", "loss"),
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


NAMES = [
    ("{layer: Flatten}", "{layer: keras.layers.Flatten}", "Flatten"),
    ("{layer: Flatten}", "{layer: Flatten()}", "Flatten"),
    ("{layer: Flatten}", "{layer: BatchNorm2d}\n  f: {layer: Flatten}", "BatchNormalization"),
    ("{layer: Flatten}", "{layer: AdaptiveAvgPool2d}", "GlobalAveragePooling2D"),
    ("{layer: Flatten}", "{layer: MaxPool}\n  f: {layer: Flatten}", "MaxPooling2D"),
    (
        "{layer: Flatten}",
        "{layer: GELU}\n  f: {layer: Flatten}",
        "flat: {layer: Activation, activation: gelu}",
    ),
    ("{layer: Flatten}", "{layer: Flatten}\n  fc: {layer: Linear, out_features: 20, bias: false}", "Dense"),
    (
        "{layer: Flatten}",
        "{layer: Flatten}\n  fc: {layer: nn.Linear, in_features: 288, units: 20}",
        "in_features",
    ),
    ("{layer: Flatten}", "{layer: Flatten}\n  drop: {layer: Dropout, p: 0.5}", "rate"),
    ("conv:", "image_in: {layer: InputLayer}\n  conv:", "image_in"),
    ("filters: 8", "out_channels: 8", "filters"),
    ("filters: 8", "filters: 8, stride: 2", "strides"),
    ("filters: 8", "filters: 8, name: first", "name"),
    ("filters: 8", "filters: 8, input_shape: [8, 8, 1]", "input_shape"),
    ("filters: 8", "filters: 8, input: image", "from"),
    ("activation: relu", "act: relu", "activation"),
    ("activation: relu", "kernel_regularizer: 0.01", "kernel_regularizer: {regularizer: L2, l2: 0.01}"),
    ("activation: relu", "kernel_regularizer: {l2: 0.01}", "kernel_regularizer: {regularizer: l2, l2: 0.01}"),
    ("activation: relu", "kernel_regularizer: l2(0.01)", "kernel_regularizer: {regularizer: L2, l2: 0.01}"),
    ("activation: relu", "kernel_regularizer: {l1: 0.01, l2: 0.1}", None),
    ("activation: relu", "kernel_regularizer: {name: l2, l2: 0.01}", None),
    ("activation: relu", "regularizer: l2", "kernel_regularizer"),
    ("activation: relu", "kernel_initializer: xavier", "kernel_initializer: glorot_uniform"),
    (
        "activation: relu",
        "kernel_initializer: {type: HeNormal}",
        "kernel_initializer: {initializer: HeNormal}",
    ),
    ("digit: sparse_categorical_crossentropy", "digit: crossentropy", "sparse_categorical_crossentropy"),
    ("digit: sparse_categorical_crossentropy", "digit: CrossEntropyLoss", "sparse_categorical_crossentropy"),
    ("digit: sparse_categorical_crossentropy", "digit: nll", "sparse_categorical_crossentropy"),
    ("[accuracy]", "[f1]", "{metric: F1Score, average: macro}"),
    ("[accuracy]", "f1", "digit: categorical_crossentropy"),
    ("[accuracy]", "[{metric: f1, name: f}]", None),
    ("[accuracy]", "[f1_score]", "{metric: F1Score, average: macro}"),
    ("[accuracy]", "[top5]", "{metric: TopKCategoricalAccuracy, k: 5}"),
    ("[accuracy]", "[roc_auc]", "auc"),
    ("optimizer: adam", "optimizer: adam(0.01)", "{optimizer: Adam, learning_rate: 0.01}"),
    ("optimizer: adam", "optimizer: momentum", "{optimizer: SGD, momentum: 0.9}"),
    ("optimizer: adam", "optimizer: {optimizer: SGD, lr: 0.01}", "learning_rate"),
]
"""The same for classes and options under names of other tools."""


@pytest.mark.parametrize(("right", "wrong", "mended"), NAMES, ids=lambda each: (each or "")[:40])
def test_a_class_or_an_option_of_another_tool_is_put_right(
    right: str, wrong: str, mended: str | None
) -> None:
    leads_to_a_sound_spec(broken(right, wrong), *([] if mended is None else [mended]))


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("crossentropy", "binary_crossentropy"),
        ("BCEWithLogitsLoss", "{loss: BinaryCrossentropy, from_logits: true}"),
        ("rmse", "mse"),
        ("L1Loss", "mae"),
        ("smooth_l1", "huber"),
    ],
)
def test_a_loss_of_one_unit_goes_by_the_name_that_fits_it(written: str, mended: str) -> None:
    text = "inputs: {x: [4]}\nnodes:\n  y: {layer: Dense, units: 1}\noutputs: [y]\n"
    text += f"losses: {{y: {written}}}\nmetrics: {{y: [rmse]}}\n"
    leads_to_a_sound_spec(text, mended, "root_mean_squared_error")


@pytest.mark.parametrize(
    "layer", ["Lambda, function: 'lambda x: x'", "Layer", "TorchModuleWrapper, module: m"]
)
def test_a_layer_that_is_code_leads_to_a_layer_of_ones_own(layer: str, tmp_path: Path) -> None:
    (tmp_path / "my_layers.py").write_text("import keras\n\nclass MyLayer(keras.layers.Layer):\n    pass\n")
    text = broken("{layer: Flatten}", f"{{layer: Flatten}}\n  own: {{layer: {layer}, from: flat}}")
    line = "own: {layer: MyLayer, from: flat}"
    leads_to_a_sound_spec(text, line, "python: my_layers.py", folder=tmp_path)


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


GOLDENS = Path(__file__).parent / "broken"
NEXT = {
    "NT205_kinds_of_values": {"NT213"},
    "NT206_block_inputs": {"NT506"},
    "NT210_augment": {"NT213"},
    "NT210_layer_in_a_model": {"NT213"},
    "NT210_other_names": {"NT110", "NT210", "NT212", "NT214"},
    "NT214_regularizer": {"NT214"},
    "NT216_literal_weights": {"NT216"},
    "NT304_between": {"NT405"},
    "NT313_one_hot_of_any_length": {"NT312"},
    "NT314_equalization": {"NT314"},
    "NT502_task": {"NT505", "NT507"},
    "NT503_derive": {"NT503"},
    "NT507_which_target": {"NT506"},
}
"""Specs in which another mistake comes to light once the advice on a first one was followed."""
BY_HAND = {
    "NT306": "how often the block is repeated is the user's",
    "NT323": "several places at once",
    "NT333": "nodes change their places",
    "NT335": "what a deleted node fed is fed anew",
}
"""Advice that looks like one of the forms, but leaves something to the reader."""


@pytest.mark.parametrize("path", sorted(GOLDENS.glob("*.yaml")), ids=lambda path: path.stem)
def test_advice_on_a_broken_spec_helps(path: Path, own_files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each mended line that the goldens show mends what it stands under, and makes nothing else wrong."""
    monkeypatch.chdir(own_files)
    text = path.read_text(encoding="utf-8")
    found = everything_on(text)
    before = Counter((each.code, each.message) for each in found)
    for diagnostic in found:
        following = None if diagnostic.code in BY_HAND else obeyed(text, diagnostic)
        if following is None:
            continue
        after = Counter((each.code, each.message) for each in everything_on(following))
        shown = f"{diagnostic.message}: {diagnostic.help}"
        assert after[diagnostic.code, diagnostic.message] < before[diagnostic.code, diagnostic.message], shown
        assert {code for code, _ in after - before} <= NEXT.get(path.stem, set()), (shown, after - before)


def everything_on(text: str) -> tuple[Diagnostic, ...]:
    try:
        return load_source(Source("small.yaml", text), "small")[1]
    except SpecError as error:
        return error.diagnostics


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


VALUES = (
    *(
        "",
        "x",
        "3",
        "0.5",
        "true",
        "-1",
        '""',
        "'8'",
        "(3, 3)",
        "1/0",
        "5 %",
        "[]",
        "{}",
        "[1]",
        "[[1], {a: 2}]",
    ),
    *(
        "{a: {b: [1]}}",
        "{type: Adam}",
        "{name: [x]}",
        "{Adam: {lr: 1}}",
        "[EarlyStopping, {TensorBoard: }]",
        "a(b",
    ),
    *(
        "Adam(1, 2, 3, x=4)",
        "Dense(**{1: 2})",
        "'1e400'",
        "{1: 2, '': 3}",
        "[null, x]",
        "$x",
        "9" * 400,
        "x" * 2_000,
    ),
)
KEYS_ANYWHERE = sorted(
    {
        *other_words.FOREIGN_KEYS,
        *(
            "callbacks",
            "scheduler",
            "lr",
            "loss",
            "metrics",
            "patience",
            "amp",
            "optimizer",
            "early_stopping",
        ),
        *(
            "reduce_learning_rate",
            "batch_size",
            "inputs",
            "nodes",
            "outputs",
            "losses",
            "validation_split",
            "resize",
        ),
    }
)
PLACES = ("{key}: {value}\n", "train: {{{key}: {value}}}\n", "data: {{dataset: digits, {key}: {value}}}\n")


@pytest.mark.parametrize("place", PLACES)
def test_no_value_of_a_foreign_key_ends_in_a_traceback(place: str) -> None:
    rest = "outputs: [digit]\nnodes: {digit: {layer: Dense, units: 1}}\n"
    for number, key in enumerate(KEYS_ANYWHERE):
        for value in VALUES[number % 4 :: 4]:
            errors_of(place.format(key=key, value=value) + rest)


@pytest.mark.parametrize(
    "entry", ["{{layer: {value}}}", "{{layer: Dense, units: {value}}}", "{{kernel: {value}}}", "{value}"]
)
def test_no_entry_ends_in_a_traceback(entry: str) -> None:
    for value in VALUES:
        errors_of(f"inputs: {value}\nnodes: {{a: {entry.format(value=value)}}}\noutputs: {value}\n")
        errors_of(f"inputs: {{x: {value}}}\nnodes: [{entry.format(value=value)}]\nlosses: {value}\n")
        option = f"{{layer: Dense, units: 3, kernel_regularizer: {value}, kernel_initializer: {value}}}"
        errors_of(f"inputs: {{x: [3]}}\nnodes: {{a: {option}}}\noutputs: [a]\nlosses: {{a: {value}}}\n")
        errors_of(
            f"inputs: {{x: [3]}}\nnodes: {{{value}: {option}}}\noutputs: [a]\nmetrics: {{a: [{value}]}}\n"
        )


def test_a_table_without_columns_is_shown_those_of_its_own_header(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "rooms;area;price\n3;70.5;200\n5;120;410\n2;41;150\n4;99;320\n6;180;900\n"
    )
    text = (
        "data: {csv: t.csv}\ninputs: {x: [2]}\nnodes:\n  price: {layer: Dense, units: 1}\noutputs: [price]\n"
    )
    text += "losses: {price: mse}\n"
    leads_to_a_sound_spec(text, "table", "columns: {features: [rooms, area], price: price}", folder=tmp_path)


@pytest.mark.parametrize(
    "header", [b"", b"a\n", b"a,a\n1,2\n", b"\xff\xfe,b\n", b"a,,b\n", b'"a,b\n' * 9_000]
)
def test_an_odd_header_is_no_example(header: bytes, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(header)
    found = errors_of(
        "data: {table: t.csv}\ninputs: {x: [2]}\nnodes: {y: {layer: Dense, units: 1}}\noutputs: [y]\n",
        tmp_path,
    )
    assert any("columns: {features: [rooms, area], price: price}" in (each.help or "") for each in found)
