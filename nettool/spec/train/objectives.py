"""The sections `losses` and `metrics`: what is measured, at which output or between which nodes."""

from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import Literal

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.kinds.kind import Name as NameKind
from nettool.kinds.kind import Number
from nettool.spec.keys.key import key, keys_of
from nettool.spec.keys.naming import named_by
from nettool.spec.keys.read_section import read_keys
from nettool.spec.keys.tree_kinds import At, Names
from nettool.spec.keys.values import HEAVIEST, mapping, text
from nettool.spec.train.by_output import by_output
from nettool.spec.yaml.located import Name, Option, located
from nettool.spec.yaml.tree import Mapping, Sequence, Tree


@dataclass(frozen=True, slots=True)
class MetricKeys:
    """What a metric may say besides its name and its own options."""

    target: Name | None = key(
        At(NameKind("the name of a field of the data")),
        meaning="The field of the data that the output is compared with.",
        example="same",
        usual="the field named like the output, the only label, or the only field that feeds no input",
    )


@dataclass(frozen=True, slots=True)
class LossKeys(MetricKeys):
    """What a loss may say besides its name and its own options."""

    weight: float = key(
        Number(0.0, HEAVIEST, below=True),
        default=1.0,
        meaning="How much the loss counts in the sum of all losses.",
        example="0.2",
    )
    between: tuple[Name, Name] | None = key(
        Names(2, "two nodes, such as [a, b]"),
        meaning="Two nodes that are compared with each other, instead of an output with a target.",
        example="[a, b]",
    )


@dataclass(frozen=True, slots=True)
class NamedMetricKeys(MetricKeys):
    """The same with the metric's name, which is an option of its class."""

    name: str = key(
        NameKind(),
        meaning="What the metric is called in the run.",
        example="top3",
        usual="the name by which Keras calls it",
    )


@dataclass(frozen=True, slots=True)
class Objective:
    """A loss or a metric as written: at an output, by a Keras name, with options.

    A loss with `between` compares two nodes; `output` is then a name of its own, for its loss.
    """

    output: Name
    name: Name
    options: Table[str, Option]
    weight: float = 1.0
    target: Name | None = None
    between: tuple[Name, Name] | None = None


def read_objectives(
    tree: Tree, section: Literal["losses", "metrics"], findings: Findings, root: Mapping
) -> tuple[Objective, ...]:
    """Losses or metrics by output, one or a list of them; `root` is the whole spec, with the outputs."""
    advice = (
        None if isinstance(tree, Mapping) else f"say it by output: write `{by_output(root, section, tree)}`"
    )
    table = mapping(tree, section, findings, advice)
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
        meant = named_by(tree, kind)
        help_text = f"say which: `{{{kind}: NAME, …}}`" if meant is None else f"write `{meant}`"
        message = f"this {kind} of `{output.value}` has no `{kind}`"
        findings.add(Diagnostic("NT202", message, tree.span, help=help_text))
        return None
    name = text(named, kind, findings)
    section_keys = LossKeys if kind == "loss" else MetricKeys
    declared = keys_of(section_keys)
    said = {pair.key.text: pair for pair in tree.pairs if pair.key.text in declared}
    options = {
        pair.key.text: Option(located(pair.key), pair.value)
        for pair in tree.pairs
        if pair.key.text != kind and pair.key.text not in declared
    }
    values = read_keys(section_keys, said, findings)
    if name is None or len(values) < len(said):
        return None
    keys = section_keys(**values)  # type: ignore[arg-type]
    if isinstance(keys, LossKeys):
        return Objective(output, name, options, keys.weight, keys.target, keys.between)
    return Objective(output, name, options, target=keys.target)
