"""Keras's callbacks, which a spec does not list: what it says in their place."""

from nettool.spec.tree import Mapping, Pair, Scalar, Sequence, Tree
from nettool.spec.yaml_flow import as_written

_KEYS = {
    "EarlyStopping": (
        "early_stopping",
        {
            **{key: key for key in ("monitor", "mode", "patience", "min_delta")},
            "restore_best_weights": "restore_best",
        },
    ),
    "ReduceLROnPlateau": (
        "reduce_learning_rate",
        {
            **{key: key for key in ("monitor", "mode", "patience", "min_delta", "factor", "cooldown")},
            "min_lr": "min_learning_rate",
        },
    ),
}
"""The key of `train`, and what it calls the options."""
_TENSORBOARD = "TensorBoard"
_NAMING = ("callback", "name", "type", "class", "class_name")


def in_place_of_callbacks(written: Tree) -> str:
    """What to write instead, or that nothing is needed."""
    items = written.items if isinstance(written, Sequence) else (written,)
    lines = [line for item in items if (line := _line(item)) is not None]
    if lines:
        return "each has a key of its own: write " + " and ".join(
            f"`{line}`" for line in dict.fromkeys(lines)
        )
    return (
        "leave `callbacks` out: `early_stopping`, `reduce_learning_rate` and `tensorboard` "
        "are keys of `train`, and a run keeps its models and figures by itself"
    )


def _line(item: Tree) -> str | None:
    name, options = _named(item)
    if name == _TENSORBOARD:
        return "tensorboard: true"
    if name not in _KEYS:
        return None
    key, words = _KEYS[name]
    kept = [f"{words[pair.key.text]}: {as_written(pair.value)}" for pair in options if pair.key.text in words]
    return f"{key}: {{{', '.join(kept)}}}"


def _named(item: Tree) -> tuple[str, tuple[Pair, ...]]:
    """The callback's class and its options, from any of the ways to write one."""
    if isinstance(item, Scalar):
        return item.text.partition("(")[0].rpartition(".")[2], ()
    if not isinstance(item, Mapping):
        return "", ()
    for pair in item.pairs:
        if pair.key.text in _NAMING and isinstance(pair.value, Scalar):
            return pair.value.text, item.pairs
    if len(item.pairs) == 1:
        value = item.pairs[0].value
        return item.pairs[0].key.text, value.pairs if isinstance(value, Mapping) else ()
    return "", ()
