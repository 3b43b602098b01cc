"""The JSON Schema of a kind of value: what an editor can check and complete of it."""

import math
from functools import singledispatch
from typing import Any

from nettool.kinds.kind import Anything, Exactly, Flag, Kind, Name, Number, Text, Whole, Word
from nettool.kinds.list_kinds import (
    Either,
    ImageSize,
    ListOf,
    Margins,
    Optional,
    Permutation,
    Shape,
    Sizes,
    TargetShape,
)
from nettool.kinds.step_count import EPOCHS_PATTERN, StepCount
from nettool.kinds.time_span import PATTERN, TimeSpan
from nettool.vocabulary.keras_names import Family
from nettool.vocabulary.named_kind import Named

Schema = dict[str, Any]

EXPRESSION: Schema = {"$ref": "#/definitions/expression"}
"""`$filters` or `$(2 * filters)`, which may stand for any value inside a block."""


def form(kind: Kind, *, in_block: bool = False) -> Schema:
    """The schema of a kind's values; `in_block` lets an expression stand for any of them.

    Where JSON Schema cannot say all (one -1 in a list, axes that are each there once), it says less: an
    editor never marks what the checker accepts.
    """
    schema = kind_form(kind, in_block)
    if not in_block or not schema:
        return schema
    return {"anyOf": [*schema["anyOf"], EXPRESSION] if set(schema) == {"anyOf"} else [schema, EXPRESSION]}


def family_reference(family: Family, *, is_bare: bool) -> Schema:
    """A reference to what names a member of a family: with options, or (`is_bare`) also by its name alone."""
    return {"$ref": f"#/definitions/{family}" if is_bare else f"#/definitions/{family}.mapping"}


@singledispatch
def kind_form(kind: Kind, in_block: bool) -> Schema:
    """The schema of a kind's values, but for expressions in the place of the whole value."""
    raise TypeError(f"nobody has said what {type(kind).__name__} is in JSON Schema")


@kind_form.register
def _(kind: Anything, in_block: bool) -> Schema:
    return {}


@kind_form.register
def _(kind: Flag, in_block: bool) -> Schema:
    return {"type": "boolean"}


@kind_form.register
def _(kind: Whole, in_block: bool) -> Schema:
    schema: Schema = {"type": "integer"}
    if kind.lowest is not None:
        schema["minimum"] = kind.lowest
    if kind.highest is not None:
        schema["maximum"] = kind.highest
    return schema


@kind_form.register
def _(kind: Exactly, in_block: bool) -> Schema:
    return {"const": kind.number}


@kind_form.register
def _(kind: Number, in_block: bool) -> Schema:
    schema: Schema = {"type": "number"}
    if kind.lowest > -math.inf:
        schema["exclusiveMinimum" if kind.above else "minimum"] = kind.lowest
    if kind.highest < math.inf:
        schema["exclusiveMaximum" if kind.below else "maximum"] = kind.highest
    return schema


@kind_form.register
def _(kind: Text, in_block: bool) -> Schema:
    return {"type": "string"}


@kind_form.register
def _(kind: Name, in_block: bool) -> Schema:
    return {"type": "string", "minLength": 1}


@kind_form.register
def _(kind: TimeSpan, in_block: bool) -> Schema:
    return {"type": "string", "pattern": f"^{PATTERN}$"}


@kind_form.register
def _(kind: Word, in_block: bool) -> Schema:
    return {"enum": list(kind.words)}


@kind_form.register
def _(kind: Optional, in_block: bool) -> Schema:
    schema = kind_form(kind.kind, in_block)
    if not schema:
        return schema
    if set(schema) == {"enum"}:
        return {"enum": [*schema["enum"], None]}
    return {"anyOf": [*(schema["anyOf"] if set(schema) == {"anyOf"} else [schema]), {"type": "null"}]}


@kind_form.register
def _(kind: Either, in_block: bool) -> Schema:
    return {"anyOf": [kind_form(each, in_block) for each in kind.kinds]}


@kind_form.register
def _(kind: ListOf, in_block: bool) -> Schema:
    fewest = kind.fewest if kind.count is None else kind.count
    return _list(form(kind.kind, in_block=in_block), fewest, kind.count)


@kind_form.register
def _(kind: Sizes, in_block: bool) -> Schema:
    one = Whole(kind.lowest)
    return {
        "anyOf": [kind_form(one, in_block), _list(form(one, in_block=in_block), kind.rank, kind.rank)],
    }


@kind_form.register
def _(kind: ImageSize, in_block: bool) -> Schema:
    return kind_form(Sizes(2), in_block)


@kind_form.register
def _(kind: Margins, in_block: bool) -> Schema:
    if kind.rank == 1:
        return kind_form(Sizes(2, lowest=0), in_block)
    end = form(Sizes(2, lowest=0), in_block=in_block)
    return {"anyOf": [kind_form(Whole(0), in_block), _list(end, kind.rank, kind.rank)]}


@kind_form.register
def _(kind: Shape, in_block: bool) -> Schema:
    return _list({"type": ["integer", "null"], "minimum": 1}, 0, None)


@kind_form.register
def _(kind: TargetShape, in_block: bool) -> Schema:
    return _list(form(Whole(-1), in_block=in_block), 0, None)


@kind_form.register
def _(kind: Permutation, in_block: bool) -> Schema:
    return _list(form(Whole(1), in_block=in_block), 1, None)


@kind_form.register
def _(kind: StepCount, in_block: bool) -> Schema:
    steps: Schema = {"type": "integer", "minimum": kind.lowest}
    return {"anyOf": [steps, {"type": "string", "pattern": f"^{EPOCHS_PATTERN}$"}]}


@kind_form.register
def _(kind: Named, in_block: bool) -> Schema:
    return family_reference(kind.family, is_bare=kind.bare)


def _list(item: Schema, fewest: int, most: int | None) -> Schema:
    schema: Schema = {"type": "array", "items": item}
    if fewest:
        schema["minItems"] = fewest
    if most is not None:
        schema["maxItems"] = most
    return schema
