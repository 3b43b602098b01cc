"""`$` expressions: names and arithmetic, and nothing else."""

import pytest

from nettool.spec.network.expressions import ExpressionError, evaluate

OPTIONS = {"filters": 64, "rate": 0.5, "act": "relu", "size": [3, 3], "on": True, "my-units": 7, "lambda": 3}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$filters", 64),
        ("$act", "relu"),
        ("$size", [3, 3]),
        ("$(2 * filters)", 128),
        ("$(filters // 3)", 21),
        ("$(filters / 4)", 16),
        ("$(filters / 3)", 64 / 3),
        ("$(filters + 2 ** 3 - 1)", 71),
        ("$(-(filters % 10))", -4),
        ("$(rate * 2)", 1),
        ("$(rate * 3)", 1.5),
        ("$(32 * rate)", 16),
        ("$(2 * my-units)", 14),
        ("$(my-units-filters)", -57),
        ("$(filters-lambda)", 61),
        ("$( filters )", 64),
    ],
)
def test_an_expression_gives(text: str, value: object) -> None:
    found = evaluate(text, OPTIONS)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        ("$filter", "the block has no option `filter`", "did you mean `$filters`?"),
        ("$(act * 2)", "`act` is not a number", "a formula is made of numbers"),
        ("$(on + 1)", "`on` is not a number", "a formula is made of numbers"),
        ("$(filters / 0)", "`$(filters / 0)` divides by zero", None),
        ("$(filters.real)", "`$(filters.real)` is not a formula", ...),
        ("$(__import__('os'))", "`$(__import__('os'))` is not a formula", ...),
        ("$([f for f in filters])", "`$([f for f in filters])` is not a formula", ...),
        ("$(filters", "`$(filters` is neither a name nor a formula", "write `$filters` or `$(2 * filters)`"),
        ("$(9 ** 99)", "a power that is too large", ...),
        ("$(" + "(" * 90 + "1" + ")" * 90 + ")", None, ...),
        ("$(" + "1+" * 200 + "1)", "a formula of more than 200 letters", None),
        ("$(10 ** 15 * 10)", "a number beyond 1e+15", None),
    ],
)
def test_an_expression_is_refused(text: str, message: str | None, advice: object) -> None:
    try:
        value = evaluate(text, OPTIONS)
    except ExpressionError as error:
        assert message is None or error.message == message
        assert advice is ... or error.advice == advice
    else:
        assert message is None, f"{text} gave {value}"


def test_without_a_block_there_is_no_option() -> None:
    with pytest.raises(ExpressionError, match="names an option of a block, and there is none here"):
        evaluate("$width", {})
