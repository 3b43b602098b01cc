"""The whole page of a network: the drawing, the tools above it, what is chosen beside it."""

import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.graph.network import Graph
from nettool.views.diagram.diagram_text import description
from nettool.views.diagram.drawn import Look
from nettool.views.graph_page.facts import page_facts
from nettool.views.page.colours import CURVES, DIAGRAM
from nettool.views.page.frame import page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nettool.graph.objectives import Loss
    from nettool.record.checkpoints.weight_statistics import KeptWeights
    from nettool.views.page.sample_tiles import SampleTiles

_FOLDER = Path(__file__).parent
_SCRIPTS = ("layout.js", "panel.js", "tiles.js", "find.js", "page.js")
_TOOLS = (
    ("zoom-in", "+", "Nearer"),
    ("zoom-out", "−", "Farther"),
    ("fit", "Fit", "The whole network in the window"),
    ("open-all", "Open all", "Open all blocks and models"),
    ("close-all", "Close all", "Close all blocks and models"),
    ("turn", "Turn", "From top to bottom or from left to right"),
    ("theme", "Light / dark", "Light or dark"),
)
_FIND = (
    '<search><input id="find" type="search" list="known" placeholder="Find a node or a layer" '
    'aria-label="Find a node or a layer" aria-describedby="found"><output id="found"></output>'
    '<button type="button" id="previous" title="The one before (Shift + Enter)" '
    'aria-label="Previous">‹</button>'
    '<button type="button" id="next" title="The next one (Enter)" aria-label="Next">›</button></search>'
)
_ARROWS = "".join(
    f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
    'markerUnits="userSpaceOnUse" orient="auto"><path d="M0,1 L10,5 L0,9 z"/></marker>'
    for name in ("arrow", "arrow-near")
)


def network_page(
    graph: Graph,
    look: Look | None = None,
    kept: "KeptWeights | None" = None,
    samples: "Sequence[SampleTiles]" = (),
    losses: "Sequence[Loss]" = (),
) -> str:
    """The HTML document, which needs nothing but itself; `losses` stand at the nodes that they measure.

    Of a run it has statistics of the weights, and what all nodes make of some `samples`.
    """
    title, words = escape(graph.name), escape(description(graph))
    facts = page_facts(graph, look or Look(), kept, losses)
    if samples:
        from nettool.views.page.sample_tiles import tiles_as_json

        facts["samples"] = tiles_as_json(samples)
    data = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    buttons = "".join(
        f'<button type="button" id="{name}" title="{meaning}" aria-label="{meaning}">{text}</button>'
        for name, text, meaning in _TOOLS
    )
    known = "".join(f'<option value="{escape(node.name)}">' for node in graph.nodes)
    parts = [
        f'<header><h1>{title}</h1><p class="quiet">{words}</p>'
        f'<div class="tools" role="toolbar" aria-label="Tools">{_FIND}<datalist id="known">{known}</datalist>'
        f"{buttons}{_chooser(samples)}</div></header>",
        f'<main id="drawing"><svg role="group" aria-label="{title}. {words}">'
        f'<defs>{_ARROWS}</defs><g id="canvas"></g></svg></main>',
        '<aside id="panel" aria-live="polite" aria-label="What is chosen"></aside>',
        "<noscript><p>This drawing is made by a script, and scripts are switched off.</p></noscript>",
        f'<script type="application/json" id="network">{_within_script(data)}</script>',
    ]
    style, *scripts = ((_FOLDER / name).read_text(encoding="utf-8") for name in ("page.css", *_SCRIPTS))
    return page(graph.name, parts, (*DIAGRAM, *CURVES), style, "\n".join(scripts))


def _chooser(samples: "Sequence[SampleTiles]") -> str:
    """Which sample is shown on the nodes; nothing for a page without samples."""
    if not samples:
        return ""
    names = [", ".join([sample.name, *sample.notes]) for sample in samples]
    every = "".join(f'<option value="{number}">{escape(name)}</option>' for number, name in enumerate(names))
    return f'<select id="sample" aria-label="Sample">{every}<option value="">no sample</option></select>'


def _within_script(data: str) -> str:
    """JSON without what would end the script that it stands in, or begin another one."""
    return data.replace("<", r"\u003c")
