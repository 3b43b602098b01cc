"""Which inputs and targets the columns of a table fit: sequences, numbers, labels."""

from pathlib import Path

import pytest

from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.bind.binding import Binding, InputBinding, TargetBinding

ROWS = """words,a,b,colour,price
3 1 4,0.5,2,red,10
1 5,-1,3,blue,20
9 2 6 5,2,5,red,30
"""
COLUMNS = {
    "words": "{column: words, as: sequence}",
    "size": "[a, b]",
    "colour": "{column: colour, as: label}",
    "price": "price",
}


def spec(fields: str, inputs: str, last: str, loss: str, first: str = "") -> Source:
    columns = ", ".join(f"{name}: {COLUMNS[name]}" for name in fields.split())
    nodes = "\n".join(f"  {line}" for line in (*first.split("\n"), last) if line)
    output = last.partition(":")[0]
    return Source(
        "spec.yaml",
        f"inputs: {inputs}\nnodes:\n{nodes}\noutputs: [{output}]\nlosses: {{{output}: {loss}}}\n"
        f"data: {{table: rows.csv, columns: {{{columns}}}}}\n",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


def bound(source: Source, folder: Path) -> Binding:
    binding = load_source(source, "spec", folder=folder)[0].binding
    assert binding is not None
    return binding


def told(source: Source, folder: Path) -> list[tuple[str, str, str | None]]:
    with pytest.raises(SpecError) as raised:
        load_source(source, "spec", folder=folder)
    return [(found.code, found.message, found.help) for found in raised.value.diagnostics]


READ = "e: {layer: Embedding, input_dim: 10, output_dim: 4, mask_zero: true}\ns: {layer: GRU, units: 4}"
COLOUR = "colour: {layer: Dense, units: 2, activation: softmax}"
PRICE = "price: {layer: Dense, units: 1}"
CLASSES = TargetBinding("colour", "colour", "one_hot", (2,), 2)
NUMBER = TargetBinding("price", "price", "value", (1,))


@pytest.mark.parametrize(
    ("fields", "inputs", "target", "expected"),
    [
        (
            "words colour",
            "{words: {shape: [null], dtype: int32}}",
            COLOUR,
            InputBinding("words", "words", (None,)),
        ),
        (
            "words price",
            "{text: {shape: [null], dtype: int32}}",
            PRICE,
            InputBinding("text", "words", (None,)),
        ),
    ],
)
def test_sequences_fit_an_input_of_any_length(
    folder: Path, fields: str, inputs: str, target: str, expected: InputBinding
) -> None:
    found = bound(spec(fields, inputs, target, "mean_squared_error", READ), folder)
    assert found.inputs == (expected,)
    assert found.targets == (CLASSES if target == COLOUR else NUMBER,)


def test_sequences_of_numbers_fit_an_input_with_one_number_a_step(folder: Path) -> None:
    source = spec(
        "words price", "{words: [null, 1]}", PRICE, "mean_squared_error", "s: {layer: LSTM, units: 4}"
    )
    assert bound(source, folder).inputs == (InputBinding("words", "words", (None, 1)),)


def test_sequences_do_not_fit_an_input_of_one_length(folder: Path) -> None:
    source = spec("words colour", "{words: {shape: [4], dtype: int32}}", COLOUR, "mean_squared_error", READ)
    assert told(source, folder) == [
        (
            "NT504",
            "the input `words` takes (4,), but the data's `words` is (?,)",
            "its samples are of different lengths: write `words: [null]`, any length",
        )
    ]


@pytest.mark.parametrize("name", ["size", "anything"])
def test_a_number_is_the_target_of_an_output_that_gives_one(folder: Path, name: str) -> None:
    """What an output is to give feeds no input, so that there is nothing to choose between."""
    found = bound(spec("size price", f"{{{name}: [2]}}", PRICE, "mean_squared_error"), folder)
    assert found.inputs == (InputBinding(name, "size", (2,)),)
    assert found.targets == (NUMBER,)


def test_a_number_may_be_asked_for_as_the_target(folder: Path) -> None:
    last, loss = "it: {layer: Dense, units: 1}", "{loss: mean_squared_error, target: price}"
    found = bound(spec("size price", "{anything: [2]}", last, loss), folder)
    assert found.inputs == (InputBinding("anything", "size", (2,)),)
    assert found.targets == (TargetBinding("it", "price", "value", (1,)),)


def test_a_label_may_feed_an_embedding_beside_numbers(folder: Path) -> None:
    first = (
        "e: {layer: Embedding, from: colour, input_dim: 2, output_dim: 4}\n"
        "f: {layer: Flatten}\nboth: {layer: Concatenate, from: [f, size]}"
    )
    inputs = "{colour: {shape: [1], dtype: int32}, size: [2]}"
    found = bound(spec("size colour price", inputs, PRICE, "mean_squared_error", first), folder)
    assert found.inputs == (InputBinding("colour", "colour", (1,)), InputBinding("size", "size", (2,)))
    assert found.targets == (NUMBER,)


@pytest.mark.parametrize(("rows", "codes"), [(10, []), (9, ["NT511"])])
def test_an_embedding_needs_a_row_for_the_highest_number(folder: Path, rows: int, codes: list[str]) -> None:
    first = READ.replace("input_dim: 10", f"input_dim: {rows}")
    source = spec("words price", "{words: {shape: [null], dtype: int32}}", PRICE, "mean_squared_error", first)
    try:
        load_source(source, "spec", folder=folder)
        found = []
    except SpecError as error:
        found = [each.code for each in error.diagnostics]
    assert found == codes
