"""Every kind of value in JSON Schema: it takes what the kind takes, and refuses nearly all else."""

from typing import Any

import pytest
from jsonschema import Draft7Validator

from nettool.kinds.kind import Exactly, Flag, Kind, Number, Text, Whole, Word
from nettool.kinds.list_kinds import Either, ListOf, Margins, Optional, Permutation, Sizes, TargetShape
from nettool.layers.option_kinds import kind_of
from nettool.schema.forms import form
from nettool.schema.spec_schema import spec_schema
from nettool.vocabulary.keras_names import definitions
from nettool.vocabulary.named_kind import Named

FAMILIES = (
    *("layers", "losses", "metrics", "optimizers", "schedules"),
    *("initializers", "regularizers", "constraints"),
)
DEFINITIONS = spec_schema()["definitions"]
KINDS: list[Kind] = list(
    dict.fromkeys(
        kind_of(family, name, option)
        for family in FAMILIES
        for name, definition in definitions(family).items()
        for option in definition.options
    )
)
VALUES: list[Any] = [
    *(None, True, False, 0, 1, 2, -1, 7, 500, 0.0, 0.5, 1.0, -0.5, 1e-3, 100.5),
    *("relu", "valid", "same", "channels_last", "he_normal", "L2", "l2", "bilinear", "int", "nothing", ""),
    *("5 epochs", "0.5 epochs", "1 epoch", "five epochs", "5epochs"),
    *([], [1], [2, 1], [1, 2, 3], [0, 0], [-1, 4], [-1, -1], [0.1, 0.2], [1, 1], [None, 64], ["a"], [[1, 2]]),
    *([[1, 2], [0, 3]], [[1, 2], [3, 4], [5, 6]], [1, [2, 3]], ["relu"], [True], [0, 500]),
    {"regularizer": "L2", "l2": 0.1},
    {"regularizer": "L2", "l3": 0.1},
    {"regularizer": "L9"},
    {"initializer": "RandomNormal", "stddev": 0.1, "seed": 1},
    {"initializer": "RandomNormal", "stddev": "much"},
    {"constraint": "MaxNorm", "max_value": 2},
    {"schedule": "CosineDecay", "initial_learning_rate": 0.1, "decay_steps": 10},
    {"schedule": "CosineDecay", "initial_learning_rate": 0.1},
    {"layer": "LSTMCell", "units": 3},
    {"layer": "LSTMCell"},
    {"layer": "LSTMCell", "unit": 3},
    [{"layer": "LSTMCell", "units": 3}],
    {"units": 3},
]


def validator(schema: dict[str, Any]) -> Draft7Validator:
    return Draft7Validator({**schema, "definitions": DEFINITIONS})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.description[:60])
def test_an_editor_marks_nothing_that_the_checker_accepts(kind: Kind) -> None:
    checked = validator(form(kind))
    assert [value for value in VALUES if kind.accepts(value) and not checked.is_valid(value)] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.description[:60])
def test_an_editor_marks_all_that_the_checker_refuses_but_for_a_few_values(kind: Kind) -> None:
    """To JSON 1.0 is whole; a text that is a name without its options, and odd axes, are left to the checker."""
    left = [value for value in VALUES if _is_seen(kind, value)]
    checked = validator(form(kind))
    assert [value for value in left if not kind.accepts(value) and checked.is_valid(value)] == []


def _is_seen(kind: Kind, value: Any) -> bool:
    if isinstance(value, float) and value.is_integer():
        return False
    return not (_holds(kind, TargetShape, Permutation) and isinstance(value, list))


def _holds(kind: Kind, *types: type[Kind]) -> bool:
    if isinstance(kind, Optional | ListOf):
        return isinstance(kind, types) or _holds(kind.kind, *types)
    if isinstance(kind, Either):
        return any(_holds(each, *types) for each in kind.kinds)
    return isinstance(kind, types)


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        (Flag(), {"type": "boolean"}),
        (Whole(1), {"type": "integer", "minimum": 1}),
        (Whole(1, 8), {"type": "integer", "minimum": 1, "maximum": 8}),
        (Exactly(-1), {"const": -1}),
        (Number(0, 1, below=True), {"type": "number", "minimum": 0, "exclusiveMaximum": 1}),
        (Number(0, above=True), {"type": "number", "exclusiveMinimum": 0}),
        (Text(), {"type": "string"}),
        (Optional(Word(("a", "b"))), {"enum": ["a", "b", None]}),
        (Optional(Whole()), {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
        (Either((Flag(), Text())), {"anyOf": [{"type": "boolean"}, {"type": "string"}]}),
        (
            ListOf(Whole(), "whole numbers", count=2),
            {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
        ),
        (Named("regularizers", "regularizer", kind_of), {"$ref": "#/definitions/regularizers"}),
        (Named("layers", "layer", kind_of, bare=False), {"$ref": "#/definitions/layers.mapping"}),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_kind_is_said_as_json_schema_says_it(kind: Kind, schema: dict[str, Any]) -> None:
    assert form(kind) == schema


@pytest.mark.parametrize("kind", [Whole(1), Sizes(2), Margins(2), Flag(), Word(("a",)), ListOf(Whole(), "n")])
@pytest.mark.parametrize("value", ["$filters", "$(2 * filters)"])
def test_an_expression_may_stand_for_a_value_in_a_block_alone(kind: Kind, value: str) -> None:
    assert validator(form(kind, in_block=True)).is_valid(value)
    assert not validator(form(kind)).is_valid(value)


def test_an_expression_may_stand_within_a_list_too() -> None:
    assert validator(form(Sizes(2), in_block=True)).is_valid([3, "$k"])
    assert not validator(form(Sizes(2), in_block=True)).is_valid([3, "k"])
