"""`class_weights`: how much a sample counts by its class, for all outputs or by output."""

from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import Literal

from nettool.diagnostics.diagnostic import Findings
from nettool.diagnostics.source import Span
from nettool.kinds.kind import Number
from nettool.spec.keys.key import TreeKind
from nettool.spec.keys.read_section import read_value
from nettool.spec.keys.values import HEAVIEST, class_name_or_number, wrong_value
from nettool.spec.yaml.located import Located, Name, located
from nettool.spec.yaml.tree import Mapping, Scalar, Tree

Balanced = Literal["balanced"]
BALANCED: Balanced = "balanced"
WEIGHT = Number(0.0, HEAVIEST, below=True)

Weights = Balanced | Table[str, float]
"""What a sample counts by its class: what makes all classes count alike, or numbers by the class's name."""


@dataclass(frozen=True, slots=True)
class ClassWeightsEntry:
    """What samples count by the class of an output's target: `balanced`, or numbers by the class.

    `output` is None where no output is named.
    """

    span: Span
    output: Name | None
    weights: Balanced | tuple[tuple[Located[str | int], float], ...]


class ClassWeights(TreeKind):
    """`balanced`, `{cat: 2, dog: 1}`, or one of these for each output by its name.

    Typed, it is a mapping by output; None stands for all outputs whose target has classes.
    """

    @property
    def description(self) -> str:
        """Both forms."""
        return "`balanced`, or a mapping of classes to numbers"

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The weights by output."""
        return {
            None if entry.output is None else entry.output.value: entry.weights
            if entry.weights == BALANCED
            else {str(name.value): weight for name, weight in entry.weights}
            for entry in class_weights_entries(tree, what, findings)
        }

    def plain(self, typed: object) -> object:
        """As it was written; None for no weights at all."""
        assert isinstance(typed, Table)
        found = {output: each if isinstance(each, str) else dict(each) for output, each in typed.items()}
        return found.get(None, found or None)


def class_weights_entries(tree: Tree, what: str, findings: Findings) -> tuple[ClassWeightsEntry, ...]:
    """The weights with the places of their outputs and classes."""
    if not isinstance(tree, Mapping):
        return _entry(None, tree, what, findings)
    is_by_output = any(isinstance(pair.value, Mapping) or _is_balanced(pair.value) for pair in tree.pairs)
    if not is_by_output:
        return _entry(None, tree, what, findings)
    return tuple(
        entry
        for pair in tree.pairs
        for entry in _entry(located(pair.key), pair.value, pair.key.text, findings)
    )


def _is_balanced(tree: Tree) -> bool:
    return isinstance(tree, Scalar) and tree.value == BALANCED


def _entry(output: Name | None, tree: Tree, what: str, findings: Findings) -> tuple[ClassWeightsEntry, ...]:
    if _is_balanced(tree):
        return (ClassWeightsEntry(tree.span, output, BALANCED),)
    if not isinstance(tree, Mapping):
        wrong_value(findings, tree, what, ClassWeights().description)
        return ()
    weights = [
        (class_name_or_number(pair.key), read_value(WEIGHT, pair.value, pair.key.text, findings))
        for pair in tree.pairs
    ]
    known = tuple((name, value) for name, value in weights if isinstance(value, float))
    return (ClassWeightsEntry(tree.span, output, known),)
