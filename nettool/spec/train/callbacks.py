"""Keras's callbacks, which a spec does not list: what it says in their place."""

from nettool.diagnostics.diagnostic import Findings
from nettool.spec.keys.key import keys_of
from nettool.spec.keys.known_keys import known_keys
from nettool.spec.keys.naming import NAMING
from nettool.spec.train.monitoring import EarlyStopping, ReduceLearningRate
from nettool.spec.yaml.flow import as_written
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Sequence, Tree

_KEYS = {
    "EarlyStopping": ("early_stopping", EarlyStopping),
    "ReduceLROnPlateau": ("reduce_learning_rate", ReduceLearningRate),
}
"""The key of `train`, and what declares the keys that it can have."""
_TENSORBOARD = "TensorBoard"
_NAMING = ("callback", *NAMING)


def in_place_of_callbacks(written: Tree, where: str) -> str:
    """What to write instead, and `where`, or that nothing is needed."""
    items = written.items if isinstance(written, Sequence) else (written,)
    lines = [line for item in items if (line := _line(item)) is not None]
    if lines:
        shown = " and ".join(f"`{line}`" for line in dict.fromkeys(lines))
        return f"each has a key of its own: write {shown}{where}"
    return (
        "leave `callbacks` out: `early_stopping`, `reduce_learning_rate` and `tensorboard` "
        "are keys of `train`, and a run keeps its models and metrics by itself"
    )


def _line(item: Tree) -> str | None:
    name, options = _named(item)
    if name == _TENSORBOARD:
        return "tensorboard: true"
    if name not in _KEYS:
        return None
    key, section = _KEYS[name]
    written = Mapping(tuple(pair for pair in options if pair.key.text not in _NAMING), item.span)
    meant = known_keys(written, keys_of(section), key, Findings())
    kept = [f"{word}: {as_written(pair.value)}" for word, pair in meant.items()]
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
