"""What a spec's own `data:` section declares: its fields, its parts, and everything that is done to them."""

from collections.abc import Iterator

from nettool.data.declare import Declaration
from nettool.data.request import Augmentation, DataRequest, Normalization, default_normalization
from nettool.data.sources.source import PARTS, PartName
from nettool.graph.plan import Plan
from nettool.spec.train.training import Training
from nettool.spec.yaml.flow import yaml_flow
from nettool.views.terminal.field_table import field_facts, field_lines
from nettool.views.terminal.table import paragraph

_INDENT = 12

_NORMALIZATION_WORDS: dict[Normalization, str] = {
    "unit": "from 0 to 1",
    "standard": "mean 0 and deviation 1 over the training set",
    "none": "as stored",
}


def declared_text(
    plan: Plan, request: DataRequest, declaration: Declaration, width: int | None = None
) -> str:
    """The fields after all steps, the parts and what is held out, and the steps in their order."""
    lines = [
        f"data of {plan.graph.name}: {request.source.name}",
        "",
        *field_lines(declaration.fields, width),
        "",
    ]
    counts = ", ".join(f"{name} {count:,}" for name, count in _parts(declaration).items())
    lines += paragraph("parts", counts + _fewer(request), _INDENT, width)
    for name, text in (
        *(("split off", held_out) for held_out in _held_out(plan, request, declaration)),
        *(("step", step) for step in _steps(request)),
        *(("normalize", text) for text in _normalized(request, declaration)),
        *(("augment", augmentation_text(each)) for each in request.augment),
        *(("input", text) for text in _inputs(plan)),
        *(("target", text) for text in _targets(plan)),
    ):
        lines += paragraph(name, text, _INDENT, width)
    return "\n".join(lines)


def declared_facts(plan: Plan, request: DataRequest, declaration: Declaration) -> dict[str, object]:
    """The same as data."""
    return {
        "name": plan.graph.name,
        "source": request.source.facts(),
        "fields": [field_facts(field) for field in declaration.fields],
        "parts": _parts(declaration),
        "held_out": list(_held_out(plan, request, declaration)),
        "steps": list(_steps(request)),
        "normalize": _normalizations(request, declaration),
        "augment": [{"layer": each.layer, **each.options} for each in request.augment],
        "inputs": {} if plan.binding is None else {each.input: each.field for each in plan.binding.inputs},
        "targets": {} if plan.binding is None else {each.output: each.field for each in plan.binding.targets},
    }


def augmentation_text(augmentation: Augmentation) -> str:
    """A random layer as a spec writes it, without braces: `RandomFlip, mode: horizontal`."""
    options = (f"{name}: {yaml_flow(value)}" for name, value in augmentation.options.items())
    return ", ".join((augmentation.layer, *options))


def _parts(declaration: Declaration) -> dict[PartName, int]:
    """The source's own parts, in the order in which parts are always named."""
    return {name: declaration.counts[name] for name in PARTS if name in declaration.counts}


def _fewer(request: DataRequest) -> str:
    return " (at most: other classes are left out)" if request.classes is not None else ""


def _held_out(plan: Plan, request: DataRequest, declaration: Declaration) -> Iterator[str]:
    """What becomes of the training part where the source lacks another."""
    evenly = "" if declaration.statement.label is None else ", the same share of each class"
    if "test" not in declaration.counts:
        yield f"test: {request.test_split:.0%} of train{evenly}, whatever the seed"
    share = (plan.training or Training()).validation_split
    if "validation" not in declaration.counts:
        yield f"validation: {share:.0%} of train{evenly}, by the seed" if share else "validation: nothing"


def _steps(request: DataRequest) -> Iterator[str]:
    """In the order in which they happen."""
    if request.classes is not None:
        chosen = request.classes
        yield f"classes: {f'the first {chosen}' if isinstance(chosen, int) else yaml_flow(chosen)}"
    if request.limit is not None:
        yield f"limit: the first {request.limit:,} samples of each set"
    for name, size in (("resize", request.resize), ("crop", request.crop), ("pad", request.pad)):
        if size is not None:
            yield f"{name}: {size[0]}×{size[1]}"
    if request.channels is not None:
        yield f"channels: {request.channels}"
    if request.task == "pairs":
        count = request.pairs_per_sample
        yield f"pairs: {count} for each {'sample' if count == 1 else 'training sample'}"
    for derived in request.derive:
        yield f"derive: {derived.name} from {derived.origin}"


def _normalizations(request: DataRequest, declaration: Declaration) -> dict[str, Normalization]:
    return {
        field.name: request.normalize.get(field.name, default_normalization(field))
        for field in declaration.fields
        if field.kind in ("image", "vector")
    }


def _normalized(request: DataRequest, declaration: Declaration) -> Iterator[str]:
    for name, normalization in _normalizations(request, declaration).items():
        yield f"{name}: {normalization} ({_NORMALIZATION_WORDS[normalization]})"


def _inputs(plan: Plan) -> Iterator[str]:
    for each in () if plan.binding is None else plan.binding.inputs:
        yield f"{each.input} takes {each.field} as {list(each.shape)}"


def _targets(plan: Plan) -> Iterator[str]:
    encodings = {"one_hot": "one-hot", "index": "the class number", "value": "the value"}
    for each in () if plan.binding is None else plan.binding.targets:
        yield f"{each.output} is to give {each.field} ({encodings[each.encoding]})"
