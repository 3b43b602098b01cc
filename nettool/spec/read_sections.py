"""`losses:`, `metrics:`, `data:`, `train:` and `expect:` → typed sections."""

import math
import re
from collections.abc import Callable
from typing import Literal, TypeVar

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.spec.document import (
    DataSection,
    ExpectEntry,
    Located,
    Name,
    Objective,
    Option,
    TrainSection,
    ViewEntry,
    located,
)
from nettool.spec.tree import Mapping, Pair, Scalar, Sequence, Tree
from nettool.spec.values import (
    known_keys,
    mapping,
    names,
    new_name,
    number,
    size,
    text,
    truth,
    whole_number,
    wrong_value,
)

T = TypeVar("T")

DATA_KEYS = ("dataset", "task", "classes", "limit", "resize", "pad", "channels", "fit")
VIEW_KEYS = ("inputs", "outputs")
OBJECTIVE_KEYS = ("weight", "target", "between")
"""What a loss may say besides its name and that loss's own options; of these a metric has `target`."""
TRAIN_KEYS = ("optimizer", "epochs", "batch_size", "validation_split", "seed")
LARGEST_SEED = 2**32 - 1

_RELATION = re.compile(r"(at least|at most) +([-+0-9.eE]+)")


def read_objectives(
    tree: Tree, section: Literal["losses", "metrics"], findings: Findings
) -> tuple[Objective, ...]:
    """Losses or metrics by output, one or a list of them."""
    table = mapping(tree, section, findings)
    if table is None:
        return ()
    found: list[Objective] = []
    for pair in table.pairs:
        items = pair.value.items if isinstance(pair.value, Sequence) else (pair.value,)
        for item in items:
            objective = _objective(located(pair.key), item, section, findings)
            found += [objective] if objective is not None else []
    return tuple(found)


def _objective(
    output: Name, tree: Tree, section: Literal["losses", "metrics"], findings: Findings
) -> Objective | None:
    kind = "loss" if section == "losses" else "metric"
    if not isinstance(tree, Mapping):
        name = text(tree, output.value, findings, f"the name of a {kind} or a mapping with `{kind}`")
        return None if name is None else Objective(output, name, {})
    named = tree.get(kind)
    if named is None:
        findings.add(
            Diagnostic(
                "NT202",
                f"this {kind} of `{output.value}` has no `{kind}`",
                tree.span,
                help=f"say which: `{{{kind}: NAME, …}}`",
            )
        )
        return None
    name = text(named, kind, findings)
    weight: float | None = 1.0
    target: Name | None = None
    between: tuple[Name, Name] | None = None
    options: dict[str, Option] = {}
    for pair in tree.pairs:
        key = pair.key.text
        if key == "weight" and kind == "loss":
            weight = number(pair.value, "weight", findings, 0.0, math.inf)
        elif key == "target":
            target = text(pair.value, "target", findings, "the name of a field of the data")
        elif key == "between" and kind == "loss":
            between = _between(pair.value, findings)
        elif key != kind:
            options[key] = Option(located(pair.key), pair.value)
    if name is None or weight is None or (between is None and tree.get("between") is not None):
        return None
    return Objective(output, name, options, weight, target, between)


def _between(tree: Tree, findings: Findings) -> tuple[Name, Name] | None:
    found = names(tree, "between", findings)
    if found is None:
        return None
    if len(found) != 2:
        wrong_value(findings, tree, "between", "two nodes, such as [a, b]")
        return None
    return found[0], found[1]


def read_views(tree: Tree, findings: Findings) -> tuple[ViewEntry, ...]:
    """The sub-models, in the order of the file."""
    table = mapping(tree, "views", findings)
    if table is None:
        return ()
    found: list[ViewEntry] = []
    for pair in table.pairs:
        name = new_name(pair.key, "a view", findings)
        body = mapping(pair.value, name.value, findings)
        keys = {} if body is None else known_keys(body, VIEW_KEYS, f"the view `{name.value}`", findings)
        for needed in VIEW_KEYS if body is not None else ():
            if needed not in keys:
                example = f"for example `{name.value}: {{inputs: [image], outputs: [code]}}`"
                message = f"the view `{name.value}` has no `{needed}`"
                findings.add(Diagnostic("NT202", message, name.span, help=example))
        inputs = names(keys["inputs"].value, "inputs", findings) if "inputs" in keys else None
        outputs = names(keys["outputs"].value, "outputs", findings) if "outputs" in keys else None
        if inputs is not None and outputs is not None:
            found.append(ViewEntry(name, inputs, outputs))
    return tuple(found)


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
