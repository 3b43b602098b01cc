"""`train:` → a typed section."""

from collections.abc import Callable
from typing import TypeVar, get_args

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.spec.document import Located, Name, Option, located
from nettool.spec.known_keys import known_keys
from nettool.spec.naming import named_by
from nettool.spec.read_class_weights import read_class_weights
from nettool.spec.read_watching import read_best, read_early_stopping, read_reduce_learning_rate
from nettool.spec.time_span import seconds_in
from nettool.spec.train_section import DEFAULT_OPTIMIZER, Precision, TrainSection
from nettool.spec.tree import Mapping, Pair, Scalar, Tree
from nettool.spec.values import (
    mapping,
    number,
    one_of,
    text,
    truth,
    whole_number,
    wrong_value,
)

T = TypeVar("T")

TRAIN_KEYS = (
    *("optimizer", "epochs", "batch_size", "validation_split", "class_weights"),
    *("early_stopping", "reduce_learning_rate", "best", "precision"),
    *("max_time", "limit_steps", "overfit", "tensorboard", "deterministic", "seed"),
)
LARGEST_SEED = 2**32 - 1
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
_OTHER_PRECISIONS = {
    **dict.fromkeys(("fp32", "float", "single", "32"), "float32"),
    **dict.fromkeys(("fp16", "float16", "half", "16", "mixed", "16-mixed"), "mixed_float16"),
    **dict.fromkeys(("bf16", "bfloat16", "bf16-mixed"), "mixed_bfloat16"),
}


def read_train(
    tree: Tree, findings: Findings, advice: Callable[[Pair], str | None] | None = None
) -> TrainSection | None:
    """The train section; `advice` says where a key that it does not have belongs."""
    table = mapping(tree, "train", findings)
    if table is None:
        return None
    keys = known_keys(table, TRAIN_KEYS, "`train`", findings, advice)
    optimizer, options = (
        _optimizer(keys["optimizer"].value, findings) if "optimizer" in keys else (None, None)
    )

    def value(key: str, reader: Callable[[Tree, str, Findings], T | None]) -> T | None:
        pair: Pair | None = keys.get(key)
        return None if pair is None else reader(pair.value, key, findings)

    return TrainSection(
        table.span,
        optimizer,
        options,
        epochs=value("epochs", _count),
        batch_size=value("batch_size", _count),
        validation_split=value("validation_split", _share),
        class_weights=value("class_weights", read_class_weights) or (),
        early_stopping=value("early_stopping", read_early_stopping),
        reduce_learning_rate=value("reduce_learning_rate", read_reduce_learning_rate),
        best=value("best", read_best),
        precision=value("precision", _precision),
        max_time=value("max_time", _time),
        limit_steps=value("limit_steps", _count),
        overfit=value("overfit", _count),
        tensorboard=value("tensorboard", truth),
        deterministic=value("deterministic", truth),
        seed=value("seed", _seed),
    )


def _count(tree: Tree, what: str, findings: Findings) -> int | None:
    return whole_number(tree, what, 1, findings)


def _seed(tree: Tree, what: str, findings: Findings) -> int | None:
    seed = whole_number(tree, what, 0, findings)
    if seed is not None and seed > LARGEST_SEED:
        wrong_value(findings, tree, what, f"at most {LARGEST_SEED}")
    return seed


def _share(tree: Tree, what: str, findings: Findings) -> float | None:
    return number(tree, what, findings, 0.0, 1.0)


def _precision(tree: Tree, what: str, findings: Findings) -> Located[Precision] | None:
    return one_of(tree, what, PRECISIONS, findings, _OTHER_PRECISIONS)


def _time(tree: Tree, what: str, findings: Findings) -> float | None:
    seconds = seconds_in(tree.text) if isinstance(tree, Scalar) else None
    if seconds is None:
        wrong_value(findings, tree, what, "a length of time, such as `30 min` or `1 h 30 min`")
    return seconds


def _optimizer(tree: Tree, findings: Findings) -> tuple[Name | None, dict[str, Option] | None]:
    if not isinstance(tree, Mapping):
        return text(tree, "optimizer", findings, "the name of an optimizer or a mapping"), {}
    named = tree.get("optimizer")
    if named is None:
        help_text = f"write `optimizer: {named_by(tree, 'optimizer', DEFAULT_OPTIMIZER)}`"
        findings.add(Diagnostic("NT202", "the optimizer has no `optimizer`", tree.span, help=help_text))
        return None, None
    pairs = [pair for pair in tree.pairs if pair.key.text != "optimizer"]
    options = {pair.key.text: Option(located(pair.key), pair.value) for pair in pairs}
    return text(named, "optimizer", findings), options
