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
