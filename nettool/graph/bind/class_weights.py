"""What samples count by their class: which output it is said of, and whether there are such classes."""

from collections.abc import Mapping, Sequence, Set

from nettool.data.field import Field
from nettool.data.transforms.choose_classes import ClassNames, two_readings_words
from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.bind.binding import Binding
from nettool.spec.train.class_weights import BALANCED, ClassWeightsEntry, Weights
from nettool.spec.yaml.flow import yaml_flow
from nettool.spec.yaml.located import Located


def check_class_weights(
    entries: Sequence[ClassWeightsEntry],
    losses: Sequence[str],
    binding: Binding | None,
    findings: Findings,
) -> None:
    """Report weights that fit no output or no class, as far as the data are known (`binding`).

    `losses` are the outputs that have one.
    """
    labels = None if binding is None else labels_of(binding, losses)
    said = {entry.output.value for entry in entries if entry.output is not None}
    for entry in entries:
        field = _field(entry, losses, labels, said, findings)
        if field is not None and entry.weights != BALANCED:
            _check_classes([name for name, _ in entry.weights], field, findings)


def _check_classes(written: Sequence[Located[str | int]], field: Field, findings: Findings) -> None:
    known = ClassNames(field.classes)
    seen: dict[int, str] = {}
    for name in written:
        number, readings = known.number(name.value), known.two_readings(name.value)
        if readings is not None:
            message, help_text = two_readings_words(name.value, readings)
        elif number is None:
            legal = listing(field.classes, at_most=16)
            help_text = did_you_mean(str(name.value), field.classes) or f"its classes are {legal}"
            message = f"`{field.name}` has no class `{name.value}`"
        elif number in seen:
            message = f"`{name.value}` and `{seen[number]}` are the same class of `{field.name}`"
            help_text = f"write one of them: `{field.classes[number]}`"
        else:
            seen[number] = str(name.value)
            continue
        findings.add(Diagnostic("NT607", message, name.span, help=help_text))


def labels_of(binding: Binding, losses: Sequence[str]) -> dict[str, Field]:
    """The target fields, by output, of those outputs with a loss whose samples each have one class."""
    fields = {each.output: binding.field(each.field) for each in binding.targets if each.output in losses}
    return {output: field for output, field in fields.items() if field.kind == "label"}


def weights_at(weights: Mapping[str | None, Weights], output: str) -> Weights | None:
    """The weights at an output: its own, or those that hold everywhere."""
    return weights.get(output, weights.get(None))


def _field(
    entry: ClassWeightsEntry,
    losses: Sequence[str],
    labels: Mapping[str, Field] | None,
    said: Set[str],
    findings: Findings,
) -> Field | None:
    """The label that the weights are for; None where there are several, or after a report.

    `said` are the outputs that any of the weights name.
    """
    message: str | None = None
    help_text: str | None = None
    place: Span = entry.span
    if entry.output is not None:
        output, place = entry.output.value, entry.output.span
        if output not in losses:
            free = [each for each in losses if each not in said]
            message = f"class weights for `{output}`, which is no output with a loss"
            help_text = did_you_mean(output, free) or f"outputs with a loss: {listing(losses)}"
        elif labels is not None and output not in labels:
            message = f"class weights for `{output}`, whose target has no classes"
        elif labels is not None:
            return labels[output]
    elif labels is not None and not labels:
        message = "class weights, but no output's target has classes"
    elif labels is not None and len(labels) > 1 and entry.weights != BALANCED:
        first = next(iter(labels))
        message = f"class weights for which output: {listing(labels)}?"
        weights = {str(name.value): weight for name, weight in entry.weights}
        help_text = f"write `class_weights: {yaml_flow({first: weights})}`"
    elif labels is not None:
        return next(iter(labels.values()))
    if message is not None:
        findings.add(Diagnostic("NT607", message, place, help=help_text))
    return None
