"""The options of an entry as plain values, every `$` expression replaced."""

from collections.abc import Mapping

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.spec.network.expressions import ExpressionError, evaluate, is_expression
from nettool.spec.yaml.located import Option
from nettool.spec.yaml.tree import Scalar, Sequence, Tree, scalars


def has_expression(option: Option) -> bool:
    """Whether the value depends on a block's options."""
    if isinstance(option.value, Scalar):
        return is_expression(option.value.value)
    return any(is_expression(scalar.value) for scalar in scalars(option.value))


def option_values(
    options: Mapping[str, Option], values: Mapping[str, object], findings: Findings
) -> dict[str, object]:
    """Plain values by option name; an option whose expression has no value is left out, and reported."""
    found: dict[str, object] = {}
    for key, option in options.items():
        try:
            found[key] = _value(option.value, values, findings)
        except ExpressionError:
            continue
    return found


def _value(tree: Tree, values: Mapping[str, object], findings: Findings) -> object:
    if isinstance(tree, Scalar):
        if isinstance(tree.value, str) and is_expression(tree.value):
            try:
                return evaluate(tree.value, values)
            except ExpressionError as error:
                findings.add(Diagnostic("NT215", error.message, tree.span, help=error.advice))
                raise
        return tree.value
    if isinstance(tree, Sequence):
        return [_value(item, values, findings) for item in tree.items]
    return {pair.key.text: _value(pair.value, values, findings) for pair in tree.pairs}
