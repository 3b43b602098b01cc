"""No odd value of any key, entry or option ends in a traceback."""

import pytest
from spec_errors import errors_of

from nettool.spec.keys import other_words
from nettool.spec.sections import declared_keys

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
        *other_words.NEEDLESS,
        *(word for _, key in declared_keys() for word in key.others),
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
