"""Two specs over each other → the contents of a file."""

from collections.abc import Callable, Mapping

from nettool.diagnostics.diagnostic import Diagnostic, Findings, SpecError
from nettool.diagnostics.printable import printable
from nettool.diagnostics.source import Source
from nettool.graph.network import Graph
from nettool.graph.plan import Plan
from nettool.jobs.call_error import CallError
from nettool.jobs.spec.draw_network import DrawingForm
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.tree import plain
from nettool.views.comparison.difference_units import DifferenceLook
from nettool.views.comparison.differences import Difference, differences
from nettool.views.comparison.network_difference import NetworkDifference, network_difference

Loaded = tuple[Plan, tuple[Diagnostic, ...]]
_IN_THE_GRAPH = ("name", "inputs", "blocks", "models", "nodes", "merges")
"""Sections of a spec of which the graph shows the differences."""


def load_both(before: Callable[[], Loaded], after: Callable[[], Loaded]) -> tuple[Loaded, Loaded]:
    """Both of them. Raises one SpecError with the mistakes of both."""
    found: list[Loaded] = []
    wrong: list[Diagnostic] = []
    for load in (before, after):
        try:
            found.append(load())
        except SpecError as error:
            wrong += error.diagnostics
    if wrong:
        raise SpecError(tuple(dict.fromkeys(wrong)))
    return found[0], found[1]


def compared_networks(before: Plan, after: Plan, graphs: tuple[Graph, Graph]) -> NetworkDifference:
    """What differs between two graphs, and what else their specs say differently."""
    return network_difference(*graphs, _elsewhere(before, after))


def draw_difference(
    difference: NetworkDifference, form: DrawingForm, title: str, look: DifferenceLook
) -> bytes:
    """The contents of the file. Raises CallError for a page, or for a drawing too large for pixels."""
    if form == "html":
        raise CallError("a difference is drawn as svg, png, pdf, dot or mermaid, not as html")
    from nettool.views.comparison.fit_difference import fitted_difference

    drawn = fitted_difference(difference, title, look)
    if form == "mermaid":
        from nettool.views.comparison.difference_mermaid import difference_mermaid

        return printable(difference_mermaid(difference, drawn, title, look.direction)).encode()
    from nettool.views.comparison.difference_drawing import difference_dot
    from nettool.views.comparison.difference_text import description
    from nettool.views.diagram.draw_dot import TooLargeForPixels, draw_dot
    from nettool.views.diagram.lay_out import parsed

    dot = difference_dot(difference, drawn, title, look)
    if form == "dot":
        return printable(dot.to_string()).encode()
    try:
        return draw_dot(parsed(dot), form, title, description(difference))
    except TooLargeForPixels as error:
        raise CallError(f"{error}; an SVG has no such limit") from error


def _elsewhere(before: Plan, after: Plan) -> tuple[Difference, ...]:
    values = [
        {key: value for key, value in _resolved(plan).items() if key not in _IN_THE_GRAPH}
        for plan in (before, after)
    ]
    return differences(values)


def _resolved(plan: Plan) -> Mapping[str, object]:
    tree = parse(Source("resolved.yaml", plan.resolved), Findings())
    values = None if tree is None else plain(tree)
    return values if isinstance(values, Mapping) else {}
