"""The `data:` section → a request that the data package can fulfil, every name in it checked."""

from dataclasses import dataclass, replace

from nettool.data.declare import Declaration, declare
from nettool.data.failure import DataError, DataMissing, KeyPath
from nettool.data.problems import TASKS, Problem, problems
from nettool.data.request import DataRequest, Task
from nettool.data.sources.source import DataSource, Statement
from nettool.diagnostics.diagnostic import Diagnostic, Findings, Severity
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.data_section.check_augment import check_augment
from nettool.graph.data_section.check_derived import check_derived
from nettool.graph.network import Graph
from nettool.layers.outcome import Shape
from nettool.spec.data.section import DataSection
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Sequence, Tree


@dataclass(frozen=True, slots=True)
class CheckedData:
    """A sound request, and what it will give; None as long as the data are not on this machine."""

    request: DataRequest
    declaration: Declaration | None


def check_data(section: DataSection, graph: Graph, findings: Findings) -> CheckedData | None:
    """What is wanted of the data, or None (and diagnostics) when it cannot be had."""
    before = findings.error_count
    request = stated_request(section, findings)
    if request is None:
        return None
    statement = _statement(request.source, section, findings)
    if statement is None:
        return None if findings.error_count > before else CheckedData(request, None)
    if request.fit:
        request = _fitted(request, statement, graph)
    return _sound(request, statement, section, findings)


def stated_request(section: DataSection, findings: Findings) -> DataRequest | None:
    """The request as far as the section alone tells it, or None (and diagnostics); no source is asked."""
    before = findings.error_count
    source = section.origin.source(findings)
    task = _task(section, findings)
    augment = check_augment(section.augment, findings)
    if source is None or task is None or findings.error_count > before:
        return None
    return DataRequest(
        source=source,
        task=task,
        classes=_classes(section),
        limit=section.limit,
        test_split=section.test_split,
        resize=section.resize,
        crop=section.crop,
        pad=section.pad,
        channels=section.channels,
        fit=section.fit,
        pairs_per_sample=section.pairs_per_sample,
        normalize={each.field.value: each.mode.value for each in section.normalize if each.field is not None},
        augment=augment,
    )


def _task(section: DataSection, findings: Findings) -> Task | None:
    task = next((task for task in TASKS if section.task is None or task == section.task.value), None)
    if task is None and section.task is not None:
        help_text = did_you_mean(section.task.value, TASKS) or f"the tasks are {listing(TASKS)}"
        message = f"there is no task `{section.task.value}`"
        findings.add(Diagnostic("NT502", message, section.task.span, help=help_text))
    return task


def _classes(section: DataSection) -> int | tuple[str | int, ...] | None:
    classes = section.classes
    if isinstance(classes, tuple):
        return tuple(each.value for each in classes)
    return None if classes is None else classes.value


def _statement(source: DataSource, section: DataSection, findings: Findings) -> Statement | None:
    """What the source holds; None with a warning when it is not there, with an error when it is no good."""
    try:
        return source.statement()
    except DataMissing as missing:
        findings.add(
            Diagnostic(
                "NT509",
                f"{missing.message}: inputs and outputs were not checked against the data",
                span_at(section, missing.key),
                notes=missing.details,
                severity=Severity.WARNING,
            )
        )
    except DataError as error:
        place = span_at(section, error.key)
        findings.add(Diagnostic("NT510", error.message, place, notes=error.details))
    except OSError as error:
        message = f"cannot read `{error.filename or source.name}`: {(error.strerror or str(error)).lower()}"
        findings.add(Diagnostic("NT510", message, section.span))
    return None


def _sound(
    request: DataRequest, statement: Statement, section: DataSection, findings: Findings
) -> CheckedData | None:
    """The request with its derived fields, once nothing is wrong with any of it."""
    before = findings.error_count
    found = problems(replace(request, normalize={}), statement)
    if not found:
        fields = declare(request, statement).fields
        request = replace(request, derive=check_derived(section.derive, fields, findings))
        if findings.error_count == before:
            found = problems(request, statement)
    for problem in found:
        findings.add(_diagnostic(problem, section))
    return None if findings.error_count > before else CheckedData(request, declare(request, statement))


def _diagnostic(problem: Problem, section: DataSection) -> Diagnostic:
    place = span_at(section, problem.key, is_name=problem.is_name)
    help_text = None if problem.written is None else did_you_mean(problem.written, problem.choices)
    return Diagnostic("NT503", problem.message, place, help=help_text or problem.help)


def span_at(section: DataSection, key: KeyPath, *, is_name: bool = False) -> Span:
    """Where the part of the section stands that a path leads to; else where the origin is named.

    Steps that are not written are left out. A mapping may go over many lines, so its key stands for it, as it
    does where the key itself (`is_name`) is meant.
    """
    tree, span = section.tree, section.span
    for step in key:
        found = _step(tree, step)
        if isinstance(found, Pair):
            span = found.key.span if is_name or isinstance(found.value, Mapping) else found.value.span
            tree = found.value
        elif found is not None:
            tree, span = found, found.span
    return span


def _step(tree: Tree, step: str | int) -> Pair | Tree | None:
    if isinstance(tree, Mapping):
        return tree.pair(step) if isinstance(step, str) else None
    if isinstance(tree, Sequence):
        if isinstance(step, int):
            return tree.items[step] if step < len(tree.items) else None
        return next((item for item in tree.items if isinstance(item, Scalar) and item.text == step), None)
    return None


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
