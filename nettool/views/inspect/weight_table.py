"""The weights of a network in numbers: a row for each variable."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.graph.trained_weights import LayerWeights
from nettool.views.terminal.table import table

_HEADINGS = ("node", "variable", "shape", "count", "mean", "std", "min", "max", "zeros")
_RIGHT = frozenset(range(3, 9))
_EXPENDABLE = tuple(map(_HEADINGS.index, ("zeros", "count")))
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class VariableStatistics:
    """Of the finite numbers of one variable; the statistics are None where there are none.

    `spread` is the standard deviation (of the population), `zeros` the share of exact zeros, `not_finite` the
    number of NaN and infinities.
    """

    node: str
    layer: str
    variable: str
    shape: tuple[int, ...]
    count: int
    mean: float | None
    spread: float | None
    lowest: float | None
    highest: float | None
    zeros: float | None
    not_finite: int


def weight_statistics(weights: Sequence[LayerWeights]) -> tuple[VariableStatistics, ...]:
    """Those of every variable, in the order of the layers."""
    return tuple(
        _statistics(each, name, values) for each in weights for name, values in each.variables.items()
    )


def weight_table(title: str, statistics: Sequence[VariableStatistics], width: int | None = None) -> str:
    """The statistics as a table for people."""
    if not statistics:
        return f"{title}\n\nno layer has weights"
    lines = [
        title,
        "",
        *table([_HEADINGS, *map(_row, statistics)], _RIGHT, width=width, expendable=_EXPENDABLE),
        "",
    ]
    total = sum(each.count for each in statistics)
    layers = len({each.node for each in statistics})
    lines.append(
        f"{total:,} numbers in {_counted(len(statistics), 'variable')} of {_counted(layers, 'layer')}"
    )
    lines += [
        f"note: `{each.node}` {each.variable} holds {each.not_finite:,} numbers that are not finite"
        for each in statistics
        if each.not_finite
    ]
    return "\n".join(lines)


def weight_facts(statistics: Sequence[VariableStatistics]) -> list[dict[str, object]]:
    """The same as plain data, ready to be JSON."""
    return [
        {
            "node": each.node,
            "layer": each.layer,
            "variable": each.variable,
            "shape": list(each.shape),
            "count": each.count,
            "mean": each.mean,
            "spread": each.spread,
            "min": each.lowest,
            "max": each.highest,
            "zeros": each.zeros,
            "not_finite": each.not_finite,
        }
        for each in statistics
    ]


def _statistics(weights: LayerWeights, name: str, values: NDArray[Any]) -> VariableStatistics:
    every = values.astype(np.float64).ravel()
    finite = every[np.isfinite(every)]
    has_any = finite.size > 0
    return VariableStatistics(
        weights.node,
        weights.operation,
        name,
        values.shape,
        every.size,
        mean=float(finite.mean()) if has_any else None,
        spread=float(finite.std()) if has_any else None,
        lowest=float(finite.min()) if has_any else None,
        highest=float(finite.max()) if has_any else None,
        zeros=float(np.mean(finite == 0)) if has_any else None,
        not_finite=every.size - finite.size,
    )


def _row(statistics: VariableStatistics) -> tuple[str, ...]:
    return (
        statistics.node,
        statistics.variable,
        "×".join(map(str, statistics.shape)) or "1",
        f"{statistics.count:,}",
        *map(_number, (statistics.mean, statistics.spread, statistics.lowest, statistics.highest)),
        _NOTHING if statistics.zeros is None else _share(statistics.zeros),
    )


def _number(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.4g}"


def _share(share: float) -> str:
    """Only what is whole is called none or all."""
    text = f"{share:.1%}"
    if text == "0.0%":
        return "0%" if share == 0 else "<0.1%"
    if text == "100.0%":
        return "100%" if share == 1 else ">99.9%"
    return text


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
