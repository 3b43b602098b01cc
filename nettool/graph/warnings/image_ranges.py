"""Between which values the images lie that a node gives, as far as layers are known to keep or scale them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from nettool.data.request import Normalization, default_normalization
from nettool.graph.network import Node
from nettool.graph.warnings.subject import Subject
from nettool.layers.catalogue import layers_with

_STANDARD = (-3.0, 3.0)
"""About what `normalize: standard` makes of a picture."""


@dataclass(frozen=True, slots=True)
class ImageRange:
    """Images from `low` to `high`, of the data's `field`; `stored` is the highest value there.

    `normalized` is what nettool did to them; `rescaled` the node that scaled them last, if one did.
    """

    low: float
    high: float
    field: str
    stored: float
    normalized: Normalization
    rescaled: Node | None = None


def image_ranges(subject: Subject) -> Mapping[str, ImageRange]:
    """The range of each node that is known to give images of a known one; none without data."""
    found = dict(_inputs(subject))
    for node in subject.graph.nodes:
        given = [found.get(name) for name in node.inputs]
        first = given[0] if given else None
        if first is None or node.application or any(each != first for each in given):
            continue
        if node.operation in layers_with("same range"):
            found[node.name] = first
        elif node.operation == "Rescaling":
            options = subject.owner(node).options
            scale, offset = options.get("scale"), options.get("offset", 0.0)
            if isinstance(scale, int | float) and isinstance(offset, int | float) and scale > 0:
                low, high = first.low * scale + offset, first.high * scale + offset
                found[node.name] = replace(first, low=low, high=high, rescaled=node)
    return found


def _inputs(subject: Subject) -> dict[str, ImageRange]:
    if subject.binding is None or subject.request is None:
        return {}
    found = {}
    for each in subject.binding.inputs:
        field = subject.binding.field(each.field)
        if field.kind != "image" or field.highest <= 1:
            continue
        normalized = subject.request.normalize.get(field.name, default_normalization(field))
        ends = {"unit": (0.0, 1.0), "none": (0.0, field.highest), "standard": _STANDARD}[normalized]
        found[each.input] = ImageRange(*ends, field.name, field.highest, normalized)
    return found
