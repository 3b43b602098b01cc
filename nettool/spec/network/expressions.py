"""`$filters` and `$(2 * filters)`: names and arithmetic over a block's options; no code is run."""

import ast
import keyword
import operator
import re
from collections.abc import Callable, Mapping

from nettool.diagnostics.suggest import nearest
from nettool.spec.yaml.tree import Plain

_NAME = re.compile(r"\$([A-Za-z][A-Za-z0-9_-]*)")
_FORMULA = re.compile(r"\$\((.*)\)", re.DOTALL)
LONGEST_FORMULA = 200
LARGEST_NUMBER = 10.0**15

_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}


class ExpressionError(Exception):
    """An expression that has no value: what is wrong, and what to do if there is something."""

    def __init__(self, message: str, advice: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class _UnknownOption(Exception):
    """A name in an expression that is no option of the block."""


def is_expression(value: Plain) -> bool:
    """Whether a scalar is to be replaced by a value."""
    return isinstance(value, str) and value.startswith("$")


def evaluate(text: str, options: Mapping[str, object]) -> object:
    """The value of an expression. A lone name may stand for anything; a formula is made of numbers.

    Raises ExpressionError.
    """
    try:
        return _evaluated(text, options)
    except _UnknownOption as unknown:
        name = str(unknown)
        meant = nearest(name, options)
        advice = (
            None
            if meant is None
            else re.sub(rf"(?<![A-Za-z0-9_]){re.escape(name)}(?![A-Za-z0-9_])", meant, text)
        )
        raise ExpressionError(
            f"the block has no option `{name}`", None if advice is None else f"did you mean `{advice}`?"
        ) from None


def _evaluated(text: str, options: Mapping[str, object]) -> object:
    name = _NAME.fullmatch(text)
    if name is not None:
        return _option(name[1], options)
    formula = _FORMULA.fullmatch(text)
    if formula is None:
        raise ExpressionError(
            f"`{text}` is neither a name nor a formula", "write `$filters` or `$(2 * filters)`"
        )
    if len(text) > LONGEST_FORMULA:
        raise ExpressionError(f"a formula of more than {LONGEST_FORMULA} letters")
    try:
        readable, named = _readable(formula[1].strip(), options)
        value = _checked(_value(ast.parse(readable, mode="eval").body, named))
        return int(value) if isinstance(value, float) and value.is_integer() else value
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        advice = "names of options, numbers, + - * / // % ** and parentheses"
        raise ExpressionError(f"`{text}` is not a formula", advice) from None
    except ZeroDivisionError:
        raise ExpressionError(f"`{text}` divides by zero") from None


def _readable(formula: str, options: Mapping[str, object]) -> tuple[str, Mapping[str, object]]:
    """The formula and the options, with other words for names that Python would misread.

    So `my-units` is one name where the block has an option of that name; elsewhere `-` subtracts.
    """
    odd = sorted((name for name in options if "-" in name or keyword.iskeyword(name)), key=len, reverse=True)
    if not odd:
        return formula, options
    words = {name: f"_{number}" for number, name in enumerate(odd)}
    names = re.compile(rf"(?<![A-Za-z0-9_])(?:{'|'.join(map(re.escape, odd))})(?![A-Za-z0-9_])")
    return (
        names.sub(lambda match: words[match[0]], formula),
        {**options, **{word: options[name] for name, word in words.items()}},
    )


def _option(name: str, options: Mapping[str, object]) -> object:
    if name not in options:
        if not options:
            raise ExpressionError(f"`${name}` names an option of a block, and there is none here")
        raise _UnknownOption(name)
    return options[name]


def _value(node: ast.expr, options: Mapping[str, object]) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return _checked(node.value)
    if isinstance(node, ast.Name):
        value = _option(node.id, options)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ExpressionError(f"`{node.id}` is not a number", "a formula is made of numbers")
        return value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        value = _value(node.operand, options)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp):
        return _checked(_binary(node.op, _value(node.left, options), _value(node.right, options)))
    raise ValueError("not arithmetic")


def _binary(sign: ast.operator, left: float, right: float) -> float:
    if isinstance(sign, ast.Div):
        exact = isinstance(left, int) and isinstance(right, int) and right != 0 and left % right == 0
        return left // right if exact else left / right
    if isinstance(sign, ast.Pow):
        if abs(left) > 1000 or not 0 <= right <= 16:
            raise ExpressionError(
                "a power that is too large", "keep the base below 1,000 and the power below 16"
            )
        power: float = left**right
        return power
    if type(sign) not in _OPERATORS:
        raise ValueError("not arithmetic")
    return _OPERATORS[type(sign)](left, right)


def _checked(value: float) -> float:
    if not abs(value) <= LARGEST_NUMBER:
        raise ExpressionError(f"a number beyond {LARGEST_NUMBER:g}")
    return value
