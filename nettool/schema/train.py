"""The `train:` section: how long, with what, and what is watched meanwhile."""

from collections.abc import Mapping, Sequence

from nettool.schema.forms import Schema
from nettool.schema.named import closed, named_mapping, names_of
from nettool.schema.words import TRAIN_MEANINGS, WATCH_MEANINGS
from nettool.spec.read_class_weights import BALANCED
from nettool.spec.read_train import LARGEST_SEED, PRECISIONS, TRAIN_KEYS
from nettool.spec.read_watching import EARLY_STOPPING_KEYS, MODES, REDUCE_KEYS, WATCH_KEYS
from nettool.spec.time_span import PATTERN

_COUNT: Schema = {"type": "integer", "minimum": 1}
_EPOCHS: Schema = {"type": "integer", "minimum": 0}
_AMOUNT: Schema = {"type": "number", "minimum": 0}
_TEXT: Schema = {"type": "string", "minLength": 1}
_FLAG: Schema = {"type": "boolean"}

_WATCH_FORMS: Mapping[str, Schema] = {
    "monitor": _TEXT,
    "mode": {"enum": list(MODES)},
    "patience": _EPOCHS,
    "min_delta": _AMOUNT,
    "restore_best": _FLAG,
    "factor": {**_AMOUNT, "exclusiveMaximum": 1},
    "min_learning_rate": _AMOUNT,
    "cooldown": _EPOCHS,
}


def train_section() -> Schema:
    """All keys may be left out."""
    optimizer = named_mapping("optimizers", "optimizer", {}, in_block=False)
    forms: dict[str, Schema] = {
        "optimizer": {"anyOf": [names_of("optimizers"), optimizer]},
        "epochs": _COUNT,
        "batch_size": _COUNT,
        "validation_split": {"type": "number", "minimum": 0, "exclusiveMaximum": 1},
        "class_weights": _class_weights(),
        "early_stopping": _watching(EARLY_STOPPING_KEYS),
        "reduce_learning_rate": _watching(REDUCE_KEYS),
        "best": {"anyOf": [_TEXT, {**_watching(WATCH_KEYS), "required": ["monitor"]}]},
        "precision": {"enum": list(PRECISIONS)},
        "max_time": {"type": "string", "pattern": f"^{PATTERN}$"},
        "limit_steps": _COUNT,
        "overfit": _COUNT,
        "tensorboard": _FLAG,
        "deterministic": _FLAG,
        "seed": {"type": "integer", "minimum": 0, "maximum": LARGEST_SEED},
    }
    return _keys(TRAIN_KEYS, TRAIN_MEANINGS, forms)


def _class_weights() -> Schema:
    one = [{"enum": [BALANCED]}, {"type": "object", "additionalProperties": _AMOUNT}]
    return {"anyOf": [*one, {"type": "object", "additionalProperties": {"anyOf": one}}]}


def _watching(keys: Sequence[str]) -> Schema:
    return _keys(keys, WATCH_MEANINGS, _WATCH_FORMS)


def _keys(legal: Sequence[str], meanings: Mapping[str, str], forms: Mapping[str, Schema]) -> Schema:
    return closed({key: {"description": meanings.get(key, key), **forms[key]} for key in legal})
