"""Advice is obeyed word for word: the mended line that a message shows takes the wrong one's place.

So each line of the tables (`advice_tables.py`) holds that whoever does what the help says ends with a sound spec.
"""

from collections import Counter
from pathlib import Path

import pytest
from advice_tables import NAMES, NOTATION, SOUND, STRUCTURE, WORDS
from obeyed import obeyed
from spec_errors import errors_of

from nettool.diagnostics.diagnostic import Diagnostic, SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load_source


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
        following = None if diagnostic.code in BY_HAND else obeyed(diagnostic)
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
        following = obeyed(errors[0])
        assert following is not None, f"no advice that can be followed: {errors[0]}"
        assert following != text, f"advice that changes nothing: {errors[0].help}"
        text = following
    assert not errors_of(text, folder), text
    for line in mended:
        assert any(f"`{line}`" in advice for advice in shown), shown


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
