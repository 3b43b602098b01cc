"""The sections `data` and `train` of a spec with every default filled in."""

from collections.abc import Mapping as Table
from dataclasses import fields

from nettool.data.request import Augmentation, DataRequest, Derived
from nettool.data.sources.built_in import BuiltIn
from nettool.graph.settings import (
    EarlyStopping,
    Optimizer,
    ReduceLearningRate,
    Training,
    Watched,
    Weights,
)
from nettool.spec.time_span import time_text
from nettool.vocabulary.keras_names import optimizers


def resolved_data(request: DataRequest) -> dict[str, object]:
    """The section `data`."""
    facts: dict[str, object] = {**request.source.facts(), "task": request.task}
    classes = request.classes
    is_of_pairs = request.task == "pairs"
    optional = {
        "classes": list(classes) if isinstance(classes, tuple) else classes,
        "limit": request.limit,
        "test_split": None if isinstance(request.source, BuiltIn) else request.test_split,
        "resize": None if request.resize is None else list(request.resize),
        "crop": None if request.crop is None else list(request.crop),
        "pad": None if request.pad is None else list(request.pad),
        "channels": request.channels,
        "fit": request.fit or None,
        "pairs_per_sample": request.pairs_per_sample if is_of_pairs else None,
        "derive": {each.name: _derived(each) for each in request.derive} or None,
        "normalize": dict(request.normalize) or None,
        "augment": [_augmentation(each) for each in request.augment] or None,
    }
    return facts | {key: value for key, value in optional.items() if value is not None}


def _derived(derived: Derived) -> dict[str, object]:
    return {"from": derived.origin, "values": list(derived.values)}


def _augmentation(augmentation: Augmentation) -> dict[str, object]:
    return {"layer": augmentation.layer, **augmentation.options}


def resolved_training(training: Training) -> dict[str, object]:
    """The section `train`."""
    stopping, reducing, best = training.early_stopping, training.reduce_learning_rate, training.best
    optional: dict[str, object] = {
        "class_weights": _class_weights(training.class_weights),
        "early_stopping": None if stopping is None else _watching(stopping),
        "reduce_learning_rate": None if reducing is None else _watching(reducing),
        "best": None if best is None else _watched(best),
        "precision": training.precision,
        "max_time": None if training.max_time is None else time_text(training.max_time),
        "limit_steps": training.limit_steps,
        "overfit": training.overfit,
        "tensorboard": training.tensorboard,
        "deterministic": training.deterministic,
        "seed": training.seed,
    }
    return {
        "optimizer": _optimizer(training.optimizer),
        "epochs": training.epochs,
        "batch_size": training.batch_size,
        "validation_split": training.validation_split,
        **{key: value for key, value in optional.items() if value is not None},
    }


def _watched(watched: Watched) -> dict[str, object]:
    return {"monitor": watched.figure, "mode": watched.direction}


def _watching(watching: EarlyStopping | ReduceLearningRate) -> dict[str, object]:
    settings = {each.name: getattr(watching, each.name) for each in fields(watching)}
    return {**_watched(settings.pop("watched")), **settings}


def _class_weights(weights: Table[str | None, Weights]) -> object:
    found = {output: each if isinstance(each, str) else dict(each) for output, each in weights.items()}
    return found.get(None, found or None)


def _optimizer(optimizer: Optimizer) -> dict[str, object]:
    definition = optimizers().get(optimizer.name)
    options = {} if definition is None else definition.options
    defaults = {name: option.default for name, option in options.items() if not option.required}
    return {"optimizer": optimizer.name, **defaults, **optimizer.options}
