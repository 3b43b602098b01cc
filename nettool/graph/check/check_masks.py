"""Masks that Keras would lay on the wrong numbers: it stops at a batch, or computes something else."""

from collections.abc import Mapping

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.graph.check.mask_flow import Mask, mask_flow
from nettool.graph.network import Graph, Node
from nettool.layers.catalogue import family_of
from nettool.layers.masks import treatment
from nettool.layers.outcome import Shape
from nettool.layers.reading import listed


def check_masks(graph: Graph, findings: Findings) -> None:
    """Report nodes whose mask has not the axes that they take it to have."""
    flow, nodes = mask_flow(graph), graph.by_name
    for name, given in flow.given.items():
        node = nodes[name]
        options = nodes[node.owner or node.name].options
        for source, mask in zip(node.inputs, given, strict=True):
            shape = nodes[source].shape
            if mask is not None and mask.lost_at is None and shape is not None:
                found = _misfit(node, options, mask, shape)
                findings.extend([] if found is None else [found])


def _misfit(node: Node, options: Mapping[str, object], mask: Mask, shape: Shape) -> Diagnostic | None:
    own, made = node.name, mask.made.name
    if node.operation == "Softmax":
        message = f"`{own}` gets the mask of `{made}`: it would hide single numbers, not steps"
        is_last = options.get("axis", -1) in (-1, len(shape))
        advice = (
            "write `layer: Activation` and `activation: softmax`, which leave the mask alone"
            if is_last
            else "write an attention layer, which leaves the masked steps out"
        )
    else:
        wanted = _axes_wanted(node, options, len(shape))
        if wanted is None or wanted == mask.axes:
            return None
        sizes = ", ".join("-1" if size is None else str(size) for size in shape)
        message = f"`{own}` takes {_axes(wanted)}, but that of `{made}` has {_axes(mask.axes, '')}"
        looks = family_of(node.operation) == "attention" and len(shape) > 2
        advice = (
            f"write a MultiHeadAttention with `attention_axes: {mask.axes}`"
            if looks
            else f"put `{{layer: Reshape, target_shape: [{sizes}]}}` before it: that drops the mask alone"
        )
    return Diagnostic(
        "NT324",
        message,
        node.span,
        f"{node.operation} gets a mask that does not fit",
        () if mask.made.span == node.span else (Label(mask.made.span, "makes the mask"),),
        help=advice,
    )


def _axes_wanted(node: Node, options: Mapping[str, object], rank: int) -> int | None:
    """How many axes a layer takes the mask of an input of `rank` axes to have; None where any will do."""
    if node.operation == "BatchNormalization":
        return rank - 1
    if family_of(node.operation) == "attention" and rank > 2:
        attended = options.get("attention_axes")
        axes = () if attended is None else listed(attended)
        return axes[0] % (rank + 1) if len(axes) == 1 else 0
    return 1 if treatment(node.operation, options) in ("reads", "ends") else None


def _axes(count: int, before: str = "a mask of ") -> str:
    if count == 0:
        return "no mask here"
    return before + ("1 axis" if count == 1 else f"{count} axes")
