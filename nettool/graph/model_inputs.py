"""Do the inputs of each use of a model have the shapes that the model states?"""

from collections.abc import Iterator

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.graph.network import Node
from nettool.graph.references import References
from nettool.graph.scope import Scope
from nettool.layers.outcome import Shape, shape_text


def check_model_inputs(
    top: Scope, references: References, nodes: dict[str, Node], findings: Findings
) -> None:
    """Report every input of a model that gets another shape than it states."""
    for scope in _inside(top):
        block = scope.block
        if block is None or scope.use is None:
            continue
        for name, stated in block.input_shapes.items():
            outside = scope.inputs.get(name, "")
            address = outside if isinstance(outside, str) else references.address(*outside)
            node = nodes.get(address or "")
            if node is None or node.shape is None or _agree(node.shape, stated.value):
                continue
            message = (
                f"`{scope.use.name.value}` feeds {shape_text(node.shape)} to the model `{block.name.value}`, "
                f"whose `{name}` takes {shape_text(stated.value)}"
            )
            labels = (
                Label(node.span, f"gives {shape_text(node.shape)}"),
                Label(stated.span, f"`{name}` takes {shape_text(stated.value)}"),
            )
            findings.add(Diagnostic("NT317", message, scope.use.name.span, labels=labels))


def _inside(scope: Scope) -> Iterator[Scope]:
    for member in scope.members.values():
        for place in member.copies:
            if isinstance(place, Scope):
                yield place
                yield from _inside(place)


def _agree(given: Shape, stated: Shape) -> bool:
    return len(given) == len(stated) and all(
        ours is None or theirs is None or ours == theirs for ours, theirs in zip(given, stated, strict=True)
    )
