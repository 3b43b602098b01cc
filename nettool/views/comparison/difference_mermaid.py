"""Two networks over each other as a Mermaid flowchart."""

from nettool.views.comparison.difference_drawing import LOOKS
from nettool.views.comparison.difference_text import (
    SIGNS,
    counts_text,
    description,
    parameters_text,
    unit_changes,
    unit_lines,
    unit_name,
)
from nettool.views.comparison.difference_units import Drawn
from nettool.views.comparison.network_difference import NetworkDifference
from nettool.views.diagram.drawn import Direction
from nettool.views.style import INK

_DIRECTIONS: dict[Direction, str] = {"top-down": "TB", "left-right": "LR"}
_SIGNS = {"#": "#35;", "&": "#amp;", "<": "#lt;", ">": "#gt;", '"': "#quot;", "`": "#96;"}


def difference_mermaid(
    difference: NetworkDifference, drawn: Drawn, title: str, direction: Direction = "top-down"
) -> str:
    """The flowchart of these boxes with its title and a description for those who cannot see it."""
    numbers = {key: f"n{number}" for number, key in enumerate(drawn.units)}
    note = "" if drawn.note is None else f" {drawn.note}"
    shown = f"{title} ({counts_text(difference)}; {parameters_text(difference)}){note}"
    quoted = shown.replace("\\", "\\\\").replace('"', '\\"')
    lines = ["---", f'title: "{quoted}"', "---", f"flowchart {_DIRECTIONS[direction]}"]
    lines += [f"  accTitle: {_one_line(title)}", f"  accDescr: {_one_line(description(difference))}"]
    for key, unit in drawn.units.items():
        texts = [f"<b>{_text(unit_name(unit))}</b>", *map(_text, (*unit_lines(unit), *unit_changes(unit)))]
        lines.append(f'  {numbers[key]}["{"<br>".join(texts)}"]')
    styles: list[str] = []
    for number, ((source, target), kind) in enumerate(drawn.edges.items()):
        sign = "" if kind == "same" else f'|"{SIGNS[kind]}"|'
        arrow = {"added": "==>", "removed": "-.->"}.get(kind, "-->")
        lines.append(f"  {numbers[source]} {arrow}{sign} {numbers[target]}")
        if kind != "same":
            styles.append(f"  linkStyle {number} stroke:{LOOKS[kind].edge}")
    for kind, look in LOOKS.items():
        names = [numbers[key] for key, unit in drawn.units.items() if unit.kind == kind]
        if names:
            dashes = ",stroke-dasharray:5 3" if kind == "removed" else ""
            styles.append(f"  classDef {kind} fill:{look.fill},stroke:{look.edge},color:{INK}{dashes}")
            styles.append(f"  class {','.join(names)} {kind}")
    return "\n".join([*lines, *styles]) + "\n"


def _text(text: str) -> str:
    return "".join(_SIGNS.get(letter, letter) for letter in text)


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("#", "")
