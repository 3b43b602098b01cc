"""The sections of a spec, and the dataclasses that declare the keys of those that have declared ones."""

from collections.abc import Iterator
from collections.abc import Mapping as Table
from typing import NamedTuple

from nettool.spec.data.origins.read_origin import origin_keys
from nettool.spec.data.section import DataSection, data_keys
from nettool.spec.keys.key import Key, keys_of
from nettool.spec.keys.read_section import ByName, Nested
from nettool.spec.network.blocks import BlockKeys
from nettool.spec.network.entries import Entry
from nettool.spec.network.inputs import InputEntry
from nettool.spec.network.views import ViewEntry
from nettool.spec.train.objectives import LossKeys, NamedMetricKeys
from nettool.spec.train.training import Training
from nettool.spec.yaml.tree import Mapping, Pair, Sequence, Tree


class Section(NamedTuple):
    """A section of a spec: what it is for, what it is needed to do, other tools' words for it."""

    meaning: str
    needed_to: str = ""
    others: tuple[str, ...] = ()


SECTIONS: Table[str, Section] = {
    "name": Section("The network's name, and the folder of its runs. Default: the file's name."),
    "data": Section(
        "The data for training: the name of a data set, or a mapping.", "train", ("dataset", "datasets")
    ),
    "inputs": Section(
        "The inputs by name: a shape (without the batch; null for any length), or a mapping.",
        "check",
        ("input_shape", "input_size"),
    ),
    "blocks": Section("Sub-graphs with options; each use has its own weights."),
    "models": Section("Sub-graphs that are one layer: each use has the same weights."),
    "nodes": Section(
        "The graph: an entry for each layer. Without `from`, its input is the entry above.",
        "check",
        ("layers", "network", "architecture"),
    ),
    "merges": Section("Entries that join branches. They may also stand under `nodes`.", "check"),
    "outputs": Section("The nodes that are outputs of the network.", "check"),
    "losses": Section("The losses of each output: the name of a loss, a mapping, or a list.", "train"),
    "metrics": Section("The metrics of each output: the name of a metric, a mapping, or a list."),
    "train": Section(
        "The settings of training.", "train", ("training", "trainer", "fit", "hyperparameters", "hparams")
    ),
    "expect": Section("Expectations that are checked: `parameters: 3466`, `test_accuracy: at least 0.94`."),
    "views": Section("Sub-models over the same weights, by name."),
    "include": Section("Files beside this one, or in folders below it, whose blocks and models you can use."),
    "python": Section(
        "Files beside this one with layers of your own; nettool runs them only with `--allow-code`."
    ),
    "meta": Section("Your own notes, in any form."),
}

SECTION_KEYS: dict[str, type] = {
    "inputs.*": InputEntry,
    "nodes.*": Entry,
    "merges.*": Entry,
    "blocks.*": BlockKeys,
    "losses.*": LossKeys,
    "metrics.*": NamedMetricKeys,
    "train": Training,
    "data": DataSection,
    "views.*": ViewEntry,
}
"""By the path to them; a star stands for names of the user's own."""


def declared_keys() -> Iterator[tuple[str, Key]]:
    """All keys, each with the path to it: `train.early_stopping.patience`, `inputs.*.shape`."""
    yield from _below("data", origin_keys())
    for path, section in SECTION_KEYS.items():
        yield from _below(path, keys_of(section))


def paths_in(tree: Tree) -> Iterator[tuple[str, Key]]:
    """The same with the names that a spec has in the place of stars."""
    for path, key in declared_keys():
        above, star, below = path.partition(".*")
        if not star:
            yield path, key
            continue
        for pair in _pairs_at(tree, above.split(".")):
            if not isinstance(pair.value, Sequence):
                yield f"{above}.{pair.key.text}{below}", key


def _pairs_at(tree: Tree, path: list[str]) -> tuple[Pair, ...]:
    for step in path:
        inner = tree.get(step) if isinstance(tree, Mapping) else None
        if inner is None:
            return ()
        tree = inner
    return tree.pairs if isinstance(tree, Mapping) else ()


def section_at(path: str) -> type:
    """What declares the keys of a section, or of one within it. Raises KeyError for others."""
    start = max((each for each in SECTION_KEYS if f"{path}.".startswith(f"{each}.")), key=len, default=path)
    section = SECTION_KEYS[start]
    keys = data_keys() if section is DataSection else keys_of(section)
    for step in path[len(start) + 1 :].split(".") if path != start else ():
        if step == "*":
            continue
        kind = keys[step].kind
        if not isinstance(kind, Nested | ByName):
            raise KeyError(path)
        section, keys = kind.section, keys_of(kind.section)
    return section


def _below(path: str, keys: Table[str, Key]) -> Iterator[tuple[str, Key]]:
    for name, key in keys.items():
        yield f"{path}.{name}", key
        if isinstance(key.kind, Nested):
            yield from _below(f"{path}.{name}", keys_of(key.kind.section))
        elif isinstance(key.kind, ByName):
            yield from _below(f"{path}.{name}.*", key.kind.keys)
