"""The optimizer of `train`: a name, or a mapping with a name and options."""

from collections.abc import Mapping as Table
from dataclasses import dataclass, field

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.spec.keys.key import TreeKind
from nettool.spec.keys.naming import named_by
from nettool.spec.keys.values import text
from nettool.spec.yaml.located import Name, Option, located
from nettool.spec.yaml.tree import Mapping, Tree, plain

DEFAULT_OPTIMIZER = "Adam"


@dataclass(frozen=True, slots=True)
class Optimizer:
    """A Keras optimizer by its class name, with the options that the user wrote."""

    name: str = DEFAULT_OPTIMIZER
    options: Table[str, object] = field(default_factory=dict)


class OptimizerKind(TreeKind):
    """A Keras optimizer: its name, or a mapping that says its name and its options."""

    @property
    def description(self) -> str:
        """Both forms."""
        return "the name of an optimizer or a mapping"

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The optimizer as it is written; whether Keras has it is checked later."""
        name, options = optimizer_parts(tree, what, findings)
        values = {option: plain(each.value) for option, each in options.items()}
        return None if name is None else Optimizer(name.value, values)


def optimizer_parts(tree: Tree, what: str, findings: Findings) -> tuple[Name | None, dict[str, Option]]:
    """The optimizer's name and its options, each with its place."""
    if not isinstance(tree, Mapping):
        return text(tree, what, findings, OptimizerKind().description), {}
    named = tree.get(what)
    if named is None:
        help_text = f"write `{what}: {named_by(tree, what, DEFAULT_OPTIMIZER)}`"
        findings.add(Diagnostic("NT202", f"the {what} has no `{what}`", tree.span, help=help_text))
        return None, {}
    pairs = [pair for pair in tree.pairs if pair.key.text != what]
    options = {pair.key.text: Option(located(pair.key), pair.value) for pair in pairs}
    return text(named, what, findings), options
