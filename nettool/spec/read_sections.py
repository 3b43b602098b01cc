"""`data:`, `train:` and `expect:` → typed sections."""

import re
from collections.abc import Callable
from typing import TypeVar

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.spec.document import (
    DataSection,
    ExpectEntry,
    Located,
    Name,
    Option,
    TrainSection,
    located,
)
from nettool.spec.tree import Mapping, Pair, Scalar, Sequence, Tree
from nettool.spec.values import (
    known_keys,
    mapping,
    number,
    size,
    text,
    truth,
    whole_number,
    wrong_value,
)

T = TypeVar("T")

DATA_KEYS = ("dataset", "task", "classes", "limit", "resize", "pad", "channels", "fit")
TRAIN_KEYS = ("optimizer", "epochs", "batch_size", "validation_split", "seed")
LARGEST_SEED = 2**32 - 1

_RELATION = re.compile(r"(at least|at most) +([-+0-9.eE]+)")


def read_data(tree: Tree, findings: Findings) -> DataSection | None:
    """The data section: a data set's name or a mapping."""
    if not isinstance(tree, Mapping):
        name = text(tree, "data", findings, "the name of a data set or a mapping with `dataset`")
        return None if name is None else DataSection(name)
    keys = known_keys(tree, DATA_KEYS, "`data`", findings)
    if "dataset" not in keys:
        findings.add(
            Diagnostic("NT202", "`data` has no `dataset`", tree.span, help="for example `dataset: mnist`")
        )
        return None
    dataset = text(keys["dataset"].value, "dataset", findings)
    if dataset is None:
        return None
    read = _Sections(keys, findings)
    return DataSection(
        dataset,
        task=read.name("task"),
        classes=_classes(keys["classes"].value, findings) if "classes" in keys else None,
        limit=read.located_number("limit", 1),
        resize=read.size("resize"),
        pad=read.size("pad"),
        channels=read.located_number("channels", 1),
        fit=bool("fit" in keys and truth(keys["fit"].value, "fit", findings)),
    )


def _classes(tree: Tree, findings: Findings) -> Located[int] | tuple[Located[str | int], ...] | None:
    if not isinstance(tree, Sequence):
        count = whole_number(tree, "classes", 2, findings)
        return None if count is None else Located(count, tree.span)
    chosen: list[Located[str | int]] = []
    for item in tree.items:
        if (isinstance(item, Scalar) and type(item.value) is int) or (
            isinstance(item, Scalar) and isinstance(item.value, str)
        ):
            chosen.append(Located(item.value, item.span))
        else:
            wrong_value(findings, item, "classes", "made of class names or numbers")
    return tuple(chosen)


def read_train(tree: Tree, findings: Findings) -> TrainSection | None:
    """The train section."""
    table = mapping(tree, "train", findings)
    if table is None:
        return None
    keys = known_keys(table, TRAIN_KEYS, "`train`", findings)
    optimizer, options = (
        _optimizer(keys["optimizer"].value, findings) if "optimizer" in keys else (None, None)
    )
    read = _Sections(keys, findings)
    seed = read.number("seed", 0)
    if seed is not None and seed > LARGEST_SEED:
        wrong_value(findings, keys["seed"].value, "seed", f"at most {LARGEST_SEED}")
    split = keys.get("validation_split")
    share = None if split is None else number(split.value, "validation_split", findings, 0.0, 1.0)
    return TrainSection(
        table.span, optimizer, options, read.number("epochs", 1), read.number("batch_size", 1), share, seed
    )


def _optimizer(tree: Tree, findings: Findings) -> tuple[Name | None, dict[str, Option] | None]:
    if not isinstance(tree, Mapping):
        return text(tree, "optimizer", findings, "the name of an optimizer or a mapping"), {}
    named = tree.get("optimizer")
    if named is None:
        example = "for example `{optimizer: RMSprop, learning_rate: 1e-3}`"
        findings.add(Diagnostic("NT202", "the optimizer has no `optimizer`", tree.span, help=example))
        return None, None
    pairs = [pair for pair in tree.pairs if pair.key.text != "optimizer"]
    options = {pair.key.text: Option(located(pair.key), pair.value) for pair in pairs}
    return text(named, "optimizer", findings), options


def read_expect(tree: Tree, findings: Findings) -> tuple[ExpectEntry, ...]:
    """The claims of the spec, in the order of the file."""
    table = mapping(tree, "expect", findings)
    if table is None:
        return ()
    claims: list[ExpectEntry] = []
    for pair in table.pairs:
        claim = _claim(pair)
        if claim is None:
            wrong_value(findings, pair.value, pair.key.text, "a number, `at least …` or `at most …`")
        else:
            claims.append(claim)
    return tuple(claims)


def _claim(pair: Pair) -> ExpectEntry | None:
    tree = pair.value
    if not isinstance(tree, Scalar):
        return None
    figure = located(pair.key)
    if type(tree.value) in (int, float):
        return ExpectEntry(figure, "exactly", float(str(tree.value)), tree.span)
    match = _RELATION.fullmatch(tree.text.strip())
    if match is None:
        return None
    try:
        value = float(match[2])
    except ValueError:
        return None
    return ExpectEntry(figure, "at least" if match[1] == "at least" else "at most", value, tree.span)


class _Sections:
    """The plain values of a section by key: None where the key is absent or its value wrong."""

    def __init__(self, keys: dict[str, Pair], findings: Findings) -> None:
        self._keys = keys
        self._findings = findings

    def name(self, key: str) -> Name | None:
        return self._read(key, lambda tree: text(tree, key, self._findings))

    def number(self, key: str, at_least: int) -> int | None:
        return self._read(key, lambda tree: whole_number(tree, key, at_least, self._findings))

    def located_number(self, key: str, at_least: int) -> Located[int] | None:
        value = self.number(key, at_least)
        return None if value is None else Located(value, self._keys[key].value.span)

    def size(self, key: str) -> Located[tuple[int, int]] | None:
        return self._read(key, lambda tree: size(tree, key, self._findings))

    def _read(self, key: str, reader: Callable[[Tree], T | None]) -> T | None:
        pair = self._keys.get(key)
        return None if pair is None else reader(pair.value)
