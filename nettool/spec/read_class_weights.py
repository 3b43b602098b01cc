"""`class_weights:`: one way for all outputs, or ways by output."""

from nettool.diagnostics.diagnostic import Findings
from nettool.spec.document import Name, located
from nettool.spec.train_section import Balanced, ClassWeightsEntry
from nettool.spec.tree import Mapping, Scalar, Tree
from nettool.spec.values import HEAVIEST, class_name_or_number, number, wrong_value

BALANCED: Balanced = "balanced"


def read_class_weights(tree: Tree, what: str, findings: Findings) -> tuple[ClassWeightsEntry, ...]:
    """`balanced`, `{cat: 2, dog: 1}`, or one of these for each output by its name."""
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
        wrong_value(findings, tree, what, "`balanced`, or a mapping of classes to numbers")
        return ()
    weights = [
        (class_name_or_number(pair.key), number(pair.value, pair.key.text, findings, 0.0, HEAVIEST))
        for pair in tree.pairs
    ]
    known = tuple((name, value) for name, value in weights if value is not None)
    return (ClassWeightsEntry(tree.span, output, known),)
