"""The spec with every default filled in and every override applied: YAML that reads back as the same."""

from collections.abc import Mapping as Table
from dataclasses import fields

import yaml

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
from nettool.layers.catalogue import catalogue
from nettool.layers.definition import LayerDefinition
from nettool.spec.document import Block, Document, Entry, InputEntry, Objective, Option
from nettool.spec.scalars import resolve
from nettool.spec.time_span import time_text
from nettool.spec.tree import plain
from nettool.vocabulary.keras_names import Definition, applications, optimizers


def resolved_yaml(document: Document, data: DataRequest | None, training: Training | None) -> str:
    """The text of `resolved.yaml`."""
    facts: dict[str, object] = {"name": document.name}
    if document.python:
        facts["python"] = [file.name for file in document.python]
    if data is not None:
        facts["data"] = _data(data)
    facts["inputs"] = {entry.name.value: _input(entry) for entry in document.inputs}
    for section, blocks in (("blocks", document.blocks), ("models", document.models)):
        if blocks:
            facts[section] = {name: _block(block) for name, block in blocks.items()}
    facts |= _entries(document.entries, [entry.name.value for entry in document.inputs])
    facts["outputs"] = [name.value for name in document.outputs or ()]
    losses: dict[str, list[object]] = {}
    for each in document.losses:
        losses.setdefault(each.output.value, []).append(_objective(each, "loss"))
    if losses:
        facts["losses"] = {name: each[0] if len(each) == 1 else each for name, each in losses.items()}
    metrics: dict[str, list[object]] = {}
    for each in document.metrics:
        metrics.setdefault(each.output.value, []).append(_objective(each, "metric"))
    if metrics:
        facts["metrics"] = metrics
    if training is not None:
        facts["train"] = _training(training)
    if document.views:
        facts["views"] = {
            each.name.value: {
                "inputs": [name.value for name in each.inputs],
                "outputs": [name.value for name in each.outputs],
            }
            for each in document.views
        }
    for section in ("expect", "meta"):
        tree = document.tree.get(section)
        if tree is not None:
            facts[section] = plain(tree)
    return yaml.dump(
        facts, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None
    )


def _block(block: Block) -> dict[str, object]:
    names = [each.value for each in block.inputs]
    shapes = {name: list(shape.value) for name, shape in block.input_shapes.items()}
    return {
        **({} if block.is_model else {"options": _options(block.options)}),
        "inputs": shapes or names,
        **_entries(block.entries, names),
        "outputs": [each.value for each in block.outputs],
    }


def _input(entry: InputEntry) -> dict[str, object]:
    shape = None if entry.shape is None else list(entry.shape.value)
    facts: dict[str, object] = {"shape": shape, "dtype": entry.dtype}
    if entry.batch_size is not None:
        facts["batch_size"] = entry.batch_size
    if entry.field is not None:
        facts["field"] = entry.field.value
    return facts


def _entries(entries: tuple[Entry, ...], inputs: list[str]) -> dict[str, object]:
    sections: dict[str, dict[str, object]] = {}
    above: Entry | None = None
    for entry in entries:
        sections.setdefault(entry.section, {})[entry.name.value] = _entry(entry, above, inputs)
        above = entry
    return dict(sections)


def _entry(entry: Entry, above: Entry | None, inputs: list[str]) -> dict[str, object]:
    facts: dict[str, object] = {entry.kind: entry.target.value}
    if entry.sources is not None:
        names = [name.value for name in entry.sources]
    elif above is not None and above.section == "nodes":
        names = [above.name.value]
    else:
        names = inputs
    facts["from"] = names[0] if len(names) == 1 else names
    if entry.repeat is not None:
        facts["repeat"] = plain(entry.repeat)
    if entry.values is not None:
        facts["weights"] = plain(entry.values)
    facts |= _options(entry.options)
    definition = _definition(entry)
    if definition is not None:
        defaults = {
            name: option.default for name, option in definition.options.items() if not option.required
        }
        facts |= {name: value for name, value in defaults.items() if name not in facts}
    return facts


def _definition(entry: Entry) -> LayerDefinition | Definition | None:
    if entry.kind == "application":
        return applications().get(entry.target.value)
    return catalogue().get(entry.target.value) if entry.kind in ("layer", "merge") else None


def _options(options: Table[str, Option]) -> dict[str, object]:
    return {name: plain(option.value) for name, option in options.items()}


def _objective(objective: Objective, kind: str) -> dict[str, object]:
    facts: dict[str, object] = {kind: objective.name.value, **_options(objective.options)}
    if kind == "loss":
        facts["weight"] = objective.weight
    if objective.target is not None:
        facts["target"] = objective.target.value
    if objective.between is not None:
        facts["between"] = [name.value for name in objective.between]
    return facts


def _data(request: DataRequest) -> dict[str, object]:
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


def _training(training: Training) -> dict[str, object]:
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


_FastestDumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_FastestDumper):  # type: ignore[misc, valid-type]
    """Quotes the texts that YAML 1.2 would read as something else (PyYAML knows 1.1 only: `1e-3`)."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if text and resolve(text) == text else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
