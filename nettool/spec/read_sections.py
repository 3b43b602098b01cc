"""`train:` and `expect:` → typed sections."""

import re

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.spec.document import (
    ExpectEntry,
    Name,
    Option,
    TrainSection,
    located,
)
from nettool.spec.tree import Mapping, Pair, Scalar, Tree
from nettool.spec.values import (
    known_keys,
    mapping,
    number,
    text,
    whole_number,
    wrong_value,
)

TRAIN_KEYS = ("optimizer", "epochs", "batch_size", "validation_split", "seed")
LARGEST_SEED = 2**32 - 1

_RELATION = re.compile(r"(at least|at most) +([-+0-9.eE]+)")


def read_train(tree: Tree, findings: Findings) -> TrainSection | None:
    """The train section."""
    table = mapping(tree, "train", findings)
    if table is None:
        return None
    keys = known_keys(table, TRAIN_KEYS, "`train`", findings)
    optimizer, options = (
        _optimizer(keys["optimizer"].value, findings) if "optimizer" in keys else (None, None)
    )
    seed = _count(keys, "seed", 0, findings)
    if seed is not None and seed > LARGEST_SEED:
        wrong_value(findings, keys["seed"].value, "seed", f"at most {LARGEST_SEED}")
    split = keys.get("validation_split")
    share = None if split is None else number(split.value, "validation_split", findings, 0.0, 1.0)
    epochs = _count(keys, "epochs", 1, findings)
    return TrainSection(
        table.span, optimizer, options, epochs, _count(keys, "batch_size", 1, findings), share, seed
    )


def _count(keys: dict[str, Pair], key: str, at_least: int, findings: Findings) -> int | None:
    return whole_number(keys[key].value, key, at_least, findings) if key in keys else None


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
