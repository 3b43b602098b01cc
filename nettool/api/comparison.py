"""Runs side by side, for a notebook to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nettool.api.pictures import Picture, Text, inline
from nettool.jobs.compare import compare

if TYPE_CHECKING:
    from nettool.record.run_directory import RunDirectory


@dataclass(frozen=True, slots=True)
class RunComparison:
    """What differs between runs, as text; their curves over each other, None before any epoch is over."""

    text: Text
    curves: Picture | None

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        """The text above the curves."""
        return self.text._repr_html_() + ("" if self.curves is None else inline(self.curves))


def compared(runs: Mapping[str, RunDirectory]) -> RunComparison:
    """These runs, under the names that they have here. Raises CallError for one alone."""
    comparison = compare(runs)
    from nettool.views.charts.curve_panel import compared_panels
    from nettool.views.comparison.curves import draw_compared
    from nettool.views.comparison.text import comparison_text

    curves = None
    if compared_panels(comparison.rows):
        title = f"the curves of {' and '.join(runs)}"
        curves = Picture(lambda: draw_compared(comparison, ("svg",))["svg"], title)
    return RunComparison(Text(comparison_text(comparison)), curves)
