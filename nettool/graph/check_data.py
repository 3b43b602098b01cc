"""The `data:` section → a request that the data package can fulfil, every name in it checked."""

from dataclasses import dataclass, replace
from typing import TypeVar

from nettool.data.catalogue import DATA_SETS
from nettool.data.declare import Declaration, declare
from nettool.data.problems import Problem, problems
from nettool.data.request import DataRequest, Task
from nettool.data.sources.built_in import BuiltIn
from nettool.data.sources.source import Statement
from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.network import Graph
from nettool.layers.outcome import Shape
from nettool.spec.document import DataSection, Located

T = TypeVar("T")
_TASKS: tuple[Task, ...] = ("classify", "pairs")


@dataclass(frozen=True, slots=True)
class CheckedData:
    """A sound request, and what it will give."""

    request: DataRequest
    declaration: Declaration


def check_data(section: DataSection, graph: Graph, findings: Findings) -> CheckedData | None:
    """What is wanted of the data, or None (and diagnostics) when it cannot be had."""
    before = findings.error_count
    name = section.dataset
    if name.value not in DATA_SETS:
        help_text = did_you_mean(name.value, DATA_SETS) or f"there are {listing(DATA_SETS)}"
        findings.add(Diagnostic("NT501", f"there is no data set `{name.value}`", name.span, help=help_text))
    task = next((task for task in _TASKS if section.task is None or task == section.task.value), None)
    if task is None and section.task is not None:
        help_text = did_you_mean(section.task.value, _TASKS) or f"the tasks are {listing(_TASKS)}"
        message = f"there is no task `{section.task.value}`"
        findings.add(Diagnostic("NT502", message, section.task.span, help=help_text))
    if task is None or findings.error_count > before:
        return None
    request = DataRequest(
        source=BuiltIn(name.value),
        task=task,
        classes=_classes(section),
        limit=_value(section.limit),
        resize=_value(section.resize),
        pad=_value(section.pad),
        channels=_value(section.channels),
        fit=section.fit,
    )
    statement = request.source.statement()
    if request.fit:
        request = _fitted(request, statement, graph)
    for problem in problems(request, statement):
        findings.add(_diagnostic(problem, section))
    return None if findings.error_count > before else CheckedData(request, declare(request, statement))


def _value(item: Located[T] | None) -> T | None:
    return None if item is None else item.value


def _classes(section: DataSection) -> int | tuple[str | int, ...] | None:
    classes = section.classes
    if classes is None:
        return None
    if isinstance(classes, tuple):
        return tuple(each.value for each in classes)
    return classes.value


def _diagnostic(problem: Problem, section: DataSection) -> Diagnostic:
    help_text = None if problem.written is None else did_you_mean(problem.written, problem.choices)
    return Diagnostic(
        "NT503",
        problem.message,
        _span(problem, section),
        help=help_text or problem.help,
    )


def _span(problem: Problem, section: DataSection) -> Span:
    classes = section.classes
    if problem.key == "classes" and isinstance(classes, tuple):
        return classes[problem.index or 0].span if classes else section.dataset.span
    found = {
        "classes": classes,
        "limit": section.limit,
        "resize": section.resize,
        "pad": section.pad,
        "channels": section.channels,
        "task": section.task,
    }.get(problem.key)
    return found.span if isinstance(found, Located) else section.dataset.span


def _fitted(request: DataRequest, statement: Statement, graph: Graph) -> DataRequest:
    """Resize and channels as the network's first input needs them; unchanged where no image would fit it."""
    shape = graph.by_name[graph.inputs[0]].shape if graph.inputs else None
    wanted = None if shape is None else image_of(shape)
    image = next((field for field in statement.fields if field.kind == "image"), None)
    if wanted is None or image is None:
        return request
    height, width, channels = wanted
    own_height, own_width, own_channels = image.shape
    return replace(
        request,
        resize=None if (height, width) == (own_height, own_width) else (height, width),
        channels=None if channels == own_channels else channels,
    )


def image_of(shape: Shape) -> tuple[int, int, int] | None:
    """Height, width and channels of an image that can be reshaped to a shape: 784 is taken for 28×28×1."""
    lengths = [length for length in shape if length is not None]
    if len(lengths) != len(shape):
        return None
    if len(lengths) == 3 and lengths[2] in (1, 3):
        return lengths[0], lengths[1], lengths[2]
    if len(lengths) == 2:
        return lengths[0], lengths[1], 1
    if len(lengths) == 1:
        for channels in (1, 3):
            side = round((lengths[0] / channels) ** 0.5)
            if side * side * channels == lengths[0]:
                return side, side, channels
    return None
