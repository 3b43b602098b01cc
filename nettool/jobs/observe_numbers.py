"""How near the numbers that an output gave for the test part came to those that were wanted."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.data.column_names import column_names
from nettool.graph.plan import Plan
from nettool.jobs.spread_rows import spread_rows
from nettool.record.observations import SeenNumbers
from nettool.views.predictions.answer import NumbersAnswer
from nettool.views.predictions.answer_form import AnswerForm
from nettool.views.predictions.understood import understood

_PAIRS_SHOWN = 300
_ONE_BY_ONE = 8
"""Numbers of an output that are told one by one; of more of them all are told together."""


def observe_numbers(
    plan: Plan, part: Part, form: AnswerForm, answers: NDArray[np.float32]
) -> Iterator[SeenNumbers]:
    """One for each number that the output gives, in the units of the data."""
    if form.field is None:
        return
    told = [each.values for each in understood(answers, form, 1) if isinstance(each, NumbersAnswer)]
    given = np.array(told, dtype=np.float64).reshape(len(answers), -1)
    wanted = part.columns[form.field.name].array().astype(np.float64).reshape(len(part), -1)[: len(given)]
    if wanted.shape != given.shape:
        return
    if given.shape[1] > _ONE_BY_ONE:
        given, wanted = given.reshape(-1, 1), wanted.reshape(-1, 1)
    columns = column_names(plan.data).get(form.field.name, ())
    columns = columns if len(columns) == given.shape[1] else ()
    is_alone = given.shape[1] == 1
    for number in range(given.shape[1]):
        name = form.output if is_alone else columns[number] if columns else f"{form.output} {number + 1}"
        yield _number(form.output, name, wanted[:, number], given[:, number])


def _number(output: str, name: str, wanted: NDArray[np.float64], given: NDArray[np.float64]) -> SeenNumbers:
    errors = given - wanted
    rows = spread_rows(len(given), _PAIRS_SHOWN)
    return SeenNumbers(
        output,
        name,
        len(given),
        float(np.abs(errors).mean()),
        float(np.sqrt((errors**2).mean())),
        float(wanted.std()),
        tuple((_short(one), _short(other)) for one, other in zip(wanted[rows], given[rows], strict=True)),
    )


def _short(value: Any) -> float:  # noqa: ANN401 - a number of NumPy's
    """As exact as a picture can show it."""
    return float(f"{value:.6g}")
