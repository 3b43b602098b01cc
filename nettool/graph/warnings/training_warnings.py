"""Warnings about training: batches of one sample, states between samples, units of an expectation."""

from collections.abc import Iterator, Mapping

from nettool.diagnostics.diagnostic import Diagnostic, Label
from nettool.graph.check.metric_names import reported_name
from nettool.graph.warnings.subject import Subject, warning

_WITHOUT_UNIT = frozenset({"R2Score", "PearsonCorrelation", "ConcordanceCorrelation", "CosineSimilarity"})


def carried_state(subject: Subject) -> Iterator[Diagnostic]:
    """Recurrent layers that go on where the batch before has ended, while samples are shuffled."""
    if subject.document.train is None:
        return
    for node in subject.graph.nodes:
        if node.owner is None and _is_stateful(node.options):
            yield warning(
                "NT418",
                f"`{node.name}` is stateful: a sample starts from the final state of a sample in the "
                "previous batch, but training shuffles the samples",
                subject.option_span(node, "stateful", "of"),
                advice="delete `stateful: true`; then each sample starts from 0",
            )


def single_samples(subject: Subject) -> Iterator[Diagnostic]:
    """BatchNormalization that trains on batches of one sample."""
    train = subject.document.train
    if train is None or train.value.batch_size != 1:
        return
    for node in subject.graph.nodes:
        trains = node.options.get("trainable") is not False
        if node.operation == "BatchNormalization" and node.owner is None and trains:
            yield warning(
                "NT608",
                f"`{node.name}` normalizes each batch by its own mean, but with `batch_size: 1` a batch is "
                "one sample: its values in training differ from those afterwards",
                node.span,
                labels=(Label(train.span, "batches of one sample"),),
                advice="write a larger `batch_size`, such as 32, or `layer: LayerNormalization`",
            )


def normalized_expectations(subject: Subject) -> Iterator[Diagnostic]:
    """Expectations of errors of a normalized target, which are not in its own units."""
    request, binding = subject.request, subject.binding
    if request is None or binding is None:
        return
    fields = {
        target.output: target.field
        for target in binding.targets
        if request.normalize.get(target.field, "none") != "none"
        and binding.field(target.field).kind == "vector"
    }
    errors = {
        reported_name(metric, subject.graph.outputs): fields[metric.output]
        for metric in subject.metrics
        if metric.output in fields and metric.name not in _WITHOUT_UNIT
    }
    for expectation in subject.document.expect:
        name = expectation.name.value
        field = errors.get(name.removeprefix("val_").removeprefix("test_"))
        if field is not None:
            yield warning(
                "NT609",
                f"`{name}` counts in units of the normalized `{field}`, not in those of the data",
                expectation.span,
                advice=f"write the number in standard deviations of `{field}`, or leave `{field}` out of "
                "`normalize`",
            )


def _is_stateful(options: Mapping[str, object]) -> bool:
    inner = options.get("of")
    return options.get("stateful") is True or (isinstance(inner, Mapping) and _is_stateful(inner))
