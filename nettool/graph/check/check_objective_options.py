"""Options of losses and metrics that count the output's axes or classes: does the output have so many?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import counted
from nettool.graph.network import Graph, Node
from nettool.graph.objectives import Loss, Metric
from nettool.layers.outcome import Shape, shape_text
from nettool.layers.reading import listed
from nettool.spec.document import Document
from nettool.spec.train.objectives import Objective
from nettool.spec.yaml.tree import part

_OVER_SAMPLES = frozenset({"Dice", "Tversky", "PearsonCorrelation", "ConcordanceCorrelation"})
"""Losses that go over all samples of a batch by default, and metrics of which `check_metrics` says so."""
_LAST_AXIS_ALONE = "SparseCategoricalCrossentropy"
"""The loss and the metric of this name take no other axis than the last."""

_FROM_THE_FRONT = "CategoricalCrossentropy"
"""The loss and the metric of this name fail for axis -2 and below."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A loss or metric at a node of this shape, and how the spec wrote it."""

    objective: Loss | Metric
    node: Node
    shape: Shape
    written: Objective

    @property
    def units(self) -> int | None:
        return self.shape[-1] if self.shape else None

    def place(self, option: str, *within: int) -> Span:
        """The value of an option, or one of the entries of its list."""
        value = self.written.options[option].value
        return part(value, within).span

    def refusal(self, message: str, span: Span, advice: str) -> Diagnostic:
        """The diagnostic, with what the output gives."""
        label = Label(self.node.span, f"gives {shape_text(self.shape)}")
        return Diagnostic("NT426", message, span, labels=(label,), help=advice)


def check_objective_options(
    document: Document, graph: Graph, objectives: Iterable[Loss | Metric], findings: Findings
) -> None:
    """Report options that name an axis or a class that the output does not have."""
    nodes = graph.by_name
    written = {each.name.span: each for each in (*document.metrics, *document.losses)}
    for each in objectives:
        node = nodes.get(each.output)
        if node is None or node.shape is None or each.span not in written:
            continue
        case = _Case(each, node, node.shape, written[each.span])
        for check in (_axes, _class_numbers, _class_counts, _label_weights):
            findings.extend(check(case))


def _axes(case: _Case) -> Iterator[Diagnostic]:
    """`axis` counts from the batch, which is 0."""
    name, value, rank = case.objective.name, case.objective.options.get("axis"), len(case.shape)
    if value is None:
        return
    several = isinstance(value, list | tuple)
    for position, axis in enumerate(listed(value)):
        place = case.place("axis", *([position] if several else []))
        if not -rank - 1 <= axis <= rank:
            message = f"`{name}` has `axis: {axis}`, but `{case.node.name}` has {_axes_words(rank)}"
            yield case.refusal(message, place, "write -1 for the last axis, or leave `axis` out")
        elif axis % (rank + 1) == 0 and name not in _OVER_SAMPLES:
            message = f"`{name}` has `axis: {axis}`, which is the axis of the samples"
            yield case.refusal(message, place, "write -1 for the last axis, or leave `axis` out")
        elif name == _FROM_THE_FRONT and axis < -1:
            message = f"Keras cannot count the axis of `{name}` from the end, but for -1"
            yield case.refusal(message, place, f"write `axis: {axis % (rank + 1)}`, which is the same")
        elif name == _LAST_AXIS_ALONE and axis % (rank + 1) != rank:
            message = f"`{name}` compares classes along the last axis alone, not along axis {axis}"
            yield case.refusal(message, place, "leave `axis` out, and put a Permute before the output")


def _class_numbers(case: _Case) -> Iterator[Diagnostic]:
    """`class_id` and `top_k`, at an output of so many classes."""
    options, units = case.objective.options, case.units
    if units is None:
        return
    chosen, top = options.get("class_id"), options.get("top_k")
    if isinstance(chosen, int) and not 0 <= chosen < units:
        message = (
            f"`{case.objective.name}` looks at class {chosen}, but `{case.node.name}` has {_classes(units)}"
        )
        yield case.refusal(message, case.place("class_id"), f"write a `class_id` from 0 to {units - 1}")
    if isinstance(top, int) and top > units:
        message = f"`{case.objective.name}` takes the {top} highest of {counted(units, 'unit')}"
        yield case.refusal(message, case.place("top_k"), f"write a `top_k` of at most {units}")


def _class_counts(case: _Case) -> Iterator[Diagnostic]:
    """`num_classes` and `target_class_ids` of the overlaps."""
    name, options, units = case.objective.name, case.objective.options, case.units
    if not name.endswith("IoU"):
        return
    count = 2 if name == "BinaryIoU" else options.get("num_classes")
    if not isinstance(count, int):
        return
    if units is not None and count < units and "num_classes" in options and not options.get("sparse_y_pred"):
        message = f"`{name}` counts {_classes(count)}, but `{case.node.name}` has {units}"
        yield case.refusal(message, case.place("num_classes"), f"write `num_classes: {units}`")
        return
    ids = options.get("target_class_ids")
    for position, each in enumerate(ids if isinstance(ids, list | tuple) else ()):
        if not 0 <= each < count:
            message = f"`{name}` looks at class {each}, but counts {_classes(count)}"
            place = case.place("target_class_ids", position)
            yield case.refusal(message, place, f"the classes are 0 to {count - 1}")


def _label_weights(case: _Case) -> Iterator[Diagnostic]:
    """`num_labels` and `label_weights` of AUC, one for each unit."""
    name, options, units = case.objective.name, case.objective.options, case.units
    if units is None:
        return
    if not options.get("multi_label"):
        for option in ("num_labels", "label_weights"):
            if options.get(option) is not None:
                message = f"`{name}` has `{option}`, but no `multi_label: true`: it takes all units for one"
                yield case.refusal(
                    message, case.place(option), f"write `multi_label: true`, or leave `{option}` out"
                )
        return
    count, weights = options.get("num_labels"), options.get("label_weights")
    if isinstance(count, int) and count != units:
        message = f"`{name}` takes {counted(count, 'label')}, but `{case.node.name}` has {units} units"
        yield case.refusal(message, case.place("num_labels"), f"write `num_labels: {units}`, or leave it out")
    if isinstance(weights, list | tuple) and len(weights) != units:
        message = f"`{name}` has {len(weights)} `label_weights`, but `{case.node.name}` has {units} units"
        yield case.refusal(message, case.place("label_weights"), "write one weight for each unit")


def _axes_words(rank: int) -> str:
    return "only axis 1" if rank == 1 else f"the axes 1 to {rank}"


def _classes(count: int) -> str:
    return "1 class" if count == 1 else f"{count} classes"
