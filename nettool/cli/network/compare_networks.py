"""The two networks of `plot --diff`, loaded and compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nettool.cli.options.spec_or_run import load_spec_or_run
from nettool.cli.output.error_handler import report_diagnostics
from nettool.jobs.spec.draw_difference import compared_networks, load_both
from nettool.jobs.spec_or_run import chosen_graph
from nettool.views.comparison.difference_text import counts_text, parameters_text
from nettool.views.comparison.network_difference import NetworkDifference


@dataclass(frozen=True, slots=True)
class ComparedNetworks:
    """What differs, the title of its picture, the name of a file for it, and the difference in a line."""

    difference: NetworkDifference
    title: str
    name: str
    text: str


def compare_networks(
    subjects: tuple[str, str],
    runs_dir: Path,
    view: str | None = None,
    overrides: Sequence[str] = (),
    data: str | None = None,
) -> ComparedNetworks:
    """Compare two specs or runs; overrides and data are for the second.

    Raises SpecError with the mistakes of both.
    """
    before, after = load_both(
        lambda: load_spec_or_run(subjects[0], runs_dir),
        lambda: load_spec_or_run(subjects[1], runs_dir, overrides, data),
    )
    report_diagnostics(tuple(dict.fromkeys((*before[1], *after[1]))))
    graphs = chosen_graph(before[0], view), chosen_graph(after[0], view)
    difference = compared_networks(before[0], after[0], graphs)
    names = tuple(dict.fromkeys(graph.name for graph in graphs))
    second = subjects[1] if subjects[0] != subjects[1] else ", ".join((*overrides, *([data] if data else [])))
    return ComparedNetworks(
        difference,
        f"{subjects[0]} → {second or subjects[1]}",
        "_".join((*names, "diff")),
        f"{counts_text(difference)}; {parameters_text(difference)}",
    )
