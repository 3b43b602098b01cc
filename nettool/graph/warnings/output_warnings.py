"""Warnings about an output itself, whatever its loss."""

from collections.abc import Callable

from nettool.diagnostics.diagnostic import Diagnostic, Label
from nettool.graph.check.last_function import SHARES
from nettool.graph.warnings.subject import Subject, warning
from nettool.layers.catalogue import layers_with

OutputWarning = Callable[[Subject, str], Diagnostic | None]


def certain_answer(subject: Subject, output: str) -> Diagnostic | None:
    """A softmax over one unit."""
    last = subject.last_function(output)
    if last is None or last.name not in SHARES or last.node.options.get("axis", -1) != -1:
        return None
    if last.node.shape is None or last.node.shape[-1:] != (1,):
        return None
    return warning(
        "NT414",
        f"`{output}` is a {last.name} over one unit: it gives 1, whatever goes in",
        subject.option_span(last.node, "activation"),
        advice="write `activation: sigmoid`, or give it a unit for each class",
    )


def random_answer(subject: Subject, output: str) -> Diagnostic | None:
    """A layer such as Dropout with nothing learned between it and the output."""
    node = subject.to_learning_or_random.end(output)
    if node.operation not in layers_with("random"):
        return None
    return warning(
        "NT415",
        f"no layer after `{node.name}` is trained: {node.operation} only disturbs the output `{output}`",
        node.span,
        advice="put it before the last layer that learns, or delete it",
    )


def needless_units(subject: Subject, output: str) -> Diagnostic | None:
    """More units than classes, which a sparse loss allows without a word."""
    binding, request = subject.binding, subject.request
    if binding is None or request is None or request.fit:
        return None
    target = subject.targets.get(output)
    if target is None or target.encoding != "index":
        return None
    classes = len(binding.field(target.field).classes)
    if target.classes <= classes:
        return None
    data = subject.document.data
    labels = () if data is None else (Label(data.span, f"`{target.field}` has {classes} classes"),)
    node = subject.to_learning.end(output)
    return warning(
        "NT416",
        f"`{output}` has {target.classes} units, but `{target.field}` of {request.source.name} has {classes} "
        "classes",
        subject.option_span(node, "units", "filters"),
        f"{target.classes - classes} of them never have anything to say",
        labels,
        advice=f"give it {classes} units",
    )


OUTPUT_WARNINGS: tuple[OutputWarning, ...] = (certain_answer, random_answer, needless_units)
"""Each of them may speak of an output."""
