"""Losses and metrics that are written without their outputs: the section as it has to be."""

from nettool.spec.yaml.flow import as_written, yaml_flow
from nettool.spec.yaml.tree import Mapping, Scalar, Sequence, Tree

_EXAMPLE = "digit"


def by_output(root: Mapping, section: str, written: Tree) -> str:
    """`losses: {digit: mse}`, with the outputs of the spec; what names them already is kept."""
    if isinstance(written, Mapping) and written.get("loss") is None and written.get("metric") is None:
        return f"{section}: {as_written(written)}"
    outputs = _outputs(root)
    each = [written] * len(outputs)
    if section == "losses" and isinstance(written, Sequence) and len(written.items) == len(outputs):
        each = [*written.items]
    pairs = (f"{yaml_flow(name)}: {as_written(value)}" for name, value in zip(outputs, each, strict=True))
    return f"{section}: {{{', '.join(pairs)}}}"


def _outputs(root: Mapping) -> list[str]:
    """The names of the outputs; without any, the last node, which is one most likely."""
    written = root.get("outputs")
    items = written.items if isinstance(written, Sequence) else [] if written is None else [written]
    names = [item.text for item in items if isinstance(item, Scalar)]
    nodes = root.get("nodes")
    if not names and isinstance(nodes, Mapping) and nodes.pairs:
        return [nodes.pairs[-1].key.text]
    return names or [_EXAMPLE]
