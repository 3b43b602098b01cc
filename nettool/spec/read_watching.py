"""The parts of `train:` that watch a figure: what ends training early, slows it down, is best."""

from math import inf
from typing import get_args

from nettool.diagnostics.diagnostic import Findings
from nettool.spec.known_keys import known_keys
from nettool.spec.train_section import EarlyStoppingEntry, Mode, ReduceLearningRateEntry, WatchEntry
from nettool.spec.tree import Mapping, Pair, Scalar, Tree
from nettool.spec.values import mapping, number, one_of, text, truth, whole_number, wrong_value

WATCH_KEYS = ("monitor", "mode")
EARLY_STOPPING_KEYS = (*WATCH_KEYS, "patience", "min_delta", "restore_best")
REDUCE_KEYS = (*WATCH_KEYS, "factor", "patience", "min_delta", "min_learning_rate", "cooldown")
MODES: tuple[Mode, ...] = get_args(Mode)

Keys = dict[str, Pair]


def read_early_stopping(tree: Tree, what: str, findings: Findings) -> EarlyStoppingEntry | None:
    """`early_stopping: {monitor: val_loss, patience: 5}`; all keys may be left out."""
    table = mapping(tree, what, findings, _advice(tree, what))
    if table is None:
        return None
    keys = known_keys(table, EARLY_STOPPING_KEYS, f"`{what}`", findings)
    restore = keys.get("restore_best")
    return EarlyStoppingEntry(
        _watch(table, keys, findings),
        _count(keys, "patience", findings),
        _number(keys, "min_delta", findings),
        None if restore is None else truth(restore.value, "restore_best", findings),
    )


def read_reduce_learning_rate(tree: Tree, what: str, findings: Findings) -> ReduceLearningRateEntry | None:
    """`reduce_learning_rate: {factor: 0.5, patience: 3}`; all keys may be left out."""
    table = mapping(tree, what, findings, _advice(tree, what))
    if table is None:
        return None
    keys = known_keys(table, REDUCE_KEYS, f"`{what}`", findings)
    return ReduceLearningRateEntry(
        _watch(table, keys, findings),
        _number(keys, "factor", findings, below=1.0),
        _count(keys, "patience", findings),
        _number(keys, "min_delta", findings),
        _number(keys, "min_learning_rate", findings),
        _count(keys, "cooldown", findings),
    )


def read_best(tree: Tree, what: str, findings: Findings) -> WatchEntry | None:
    """`best: val_accuracy`, or a mapping that also says which way is better."""
    if not isinstance(tree, Mapping):
        name = text(tree, what, findings, "the name of a figure, such as `val_accuracy`")
        return None if name is None else WatchEntry(name.span, name)
    keys = known_keys(tree, WATCH_KEYS, f"`{what}`", findings)
    if "monitor" not in keys:
        wrong_value(findings, tree, what, "the name of a figure, or `{monitor: val_accuracy, mode: max}`")
    return _watch(tree, keys, findings)


def _advice(tree: Tree, what: str) -> str | None:
    """What to write instead of `true`, of a patience alone, or of a metric alone."""
    if not isinstance(tree, Scalar):
        return None
    if tree.value is False or tree.value is None:
        return f"leave `{what}` out, or write `{what}: {{}}` for the defaults"
    if type(tree.value) is int:
        return f"write `{what}: {{patience: {tree.text}}}`"
    if isinstance(tree.value, str):
        return f"write `{what}: {{monitor: {tree.text}}}`"
    return f"write `{what}: {{}}` for the defaults"


def _watch(table: Mapping, keys: Keys, findings: Findings) -> WatchEntry:
    monitor = keys.get("monitor")
    mode = one_of(keys["mode"].value, "mode", MODES, findings) if "mode" in keys else None
    return WatchEntry(
        table.span,
        None if monitor is None else text(monitor.value, "monitor", findings, "the name of a figure"),
        "auto" if mode is None else mode.value,
    )


def _count(keys: Keys, key: str, findings: Findings) -> int | None:
    return whole_number(keys[key].value, key, 0, findings) if key in keys else None


def _number(keys: Keys, key: str, findings: Findings, below: float = inf) -> float | None:
    return number(keys[key].value, key, findings, 0.0, below) if key in keys else None
