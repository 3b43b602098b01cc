"""The spec with every default filled in and every override applied: YAML that reads back as the same."""

from collections.abc import Mapping as Table
from pathlib import Path

import yaml

from nettool.data.request import DataRequest
from nettool.graph.options.named_files import PUBLISHED, name_from, with_names
from nettool.graph.override_comments import with_override_comments
from nettool.graph.resolved_sections import resolved_data, resolved_training
from nettool.layers.catalogue import catalogue
from nettool.layers.layer import Layer
from nettool.spec.document import Document
from nettool.spec.keys.read_section import written_section
from nettool.spec.network.blocks import Block
from nettool.spec.network.entries import Entry
from nettool.spec.train.objectives import Objective
from nettool.spec.train.training import Training
from nettool.spec.yaml.located import Option
from nettool.spec.yaml.scalars import resolve
from nettool.spec.yaml.tree import plain
from nettool.vocabulary.keras_names import Definition, applications


def resolved_yaml(document: Document, data: DataRequest | None, training: Training | None) -> str:
    """The text of `resolved.yaml`, with comments at what the command line said."""
    facts: dict[str, object] = {"name": document.name}
    root = Path(document.source.name).parent
    if document.python:
        facts["python"] = [file.name for file in document.python]
    if data is not None:
        facts["data"] = resolved_data(data)
    facts["inputs"] = {entry.name.value: written_section(entry) for entry in document.inputs}
    for section, blocks in (("blocks", document.blocks), ("models", document.models)):
        if blocks:
            facts[section] = {name: _block(block, root) for name, block in blocks.items()}
    facts |= _entries(document.entries, [entry.name.value for entry in document.inputs], root)
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
        facts["train"] = resolved_training(training)
    if document.views:
        facts["views"] = {each.name.value: written_section(each) for each in document.views}
    for section in ("expect", "meta"):
        tree = document.tree.get(section)
        if tree is not None:
            facts[section] = plain(tree)
    text = yaml.dump(
        facts, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None
    )
    return with_override_comments(text, document.tree)


def _block(block: Block, root: Path) -> dict[str, object]:
    names = [each.value for each in block.inputs]
    shapes = {name: list(shape.value) for name, shape in block.input_shapes.items()}
    return {
        **({} if block.is_model else {"options": _options(block.options)}),
        "inputs": shapes or names,
        **_entries(block.entries, names, root),
        "outputs": [each.value for each in block.outputs],
    }


def _entries(entries: tuple[Entry, ...], inputs: list[str], root: Path) -> dict[str, object]:
    sections: dict[str, dict[str, object]] = {}
    above: Entry | None = None
    for entry in entries:
        sections.setdefault(entry.section, {})[entry.name.value] = _entry(entry, above, inputs, root)
        above = entry
    return dict(sections)


def _entry(entry: Entry, above: Entry | None, inputs: list[str], root: Path) -> dict[str, object]:
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
        weights = plain(entry.values)
        is_file = isinstance(weights, str) and weights != PUBLISHED
        facts["weights"] = name_from(root, entry, str(weights)) if is_file else weights
    facts |= with_names(entry, _options(entry.options), root)
    definition = _definition(entry)
    if definition is not None:
        defaults = {
            name: option.default for name, option in definition.options.items() if not option.required
        }
        facts |= {name: value for name, value in defaults.items() if name not in facts}
    return facts


def _definition(entry: Entry) -> Layer | Definition | None:
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


_FastestDumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_FastestDumper):  # type: ignore[misc, valid-type]
    """Quotes the texts that YAML 1.2 would read as something else (PyYAML knows 1.1 only: `1e-3`)."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if text and resolve(text) == text else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
