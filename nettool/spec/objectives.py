"""`losses:` and `metrics:` → what is measured, at which output or between which nodes."""

from typing import Literal

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.spec.by_output import by_output
from nettool.spec.document import Objective
from nettool.spec.located import Name, Option, located
from nettool.spec.naming import named_by
from nettool.spec.tree import Mapping, Sequence, Tree
from nettool.spec.values import HEAVIEST, mapping, names, number, text, wrong_value

OBJECTIVE_KEYS = ("weight", "target", "between")
"""What a loss may say besides its name and that loss's own options; of these a metric has `target`."""


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
    weight: float | None = 1.0
    target: Name | None = None
    between: tuple[Name, Name] | None = None
    options: dict[str, Option] = {}
    for pair in tree.pairs:
        key = pair.key.text
        if key == "weight" and kind == "loss":
            weight = number(pair.value, "weight", findings, 0.0, HEAVIEST)
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
