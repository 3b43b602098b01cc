"""What a run measures goes by names: each stands for one number, in metrics.csv as in `expect`."""

from collections.abc import Iterator, Sequence

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.source import Span
from nettool.graph.check.metric_names import reported_name
from nettool.graph.objectives import Loss, Metric
from nettool.spec.train.objectives import Objective
from nettool.spec.yaml.flow import yaml_flow

_OTHERS = {
    "epoch": "the number of the epoch",
    "learning_rate": "the learning rate",
    "parameters": "the number of parameters",
    "trainable_parameters": "the number of trainable parameters",
    "loss": "the loss",
}
_SETS = {"val_": "validation set", "test_": "test set"}

Measured = tuple[Objective, Metric]
"""A metric as it is written, and as it is."""


def check_metric_names(
    outputs: Sequence[str], losses: Sequence[Loss], metrics: Sequence[Measured], findings: Findings
) -> None:
    """Report a metric whose name another number of the run has; one that stands there twice may stay."""
    meant = dict(_OTHERS)
    measured = dict.fromkeys(loss.output for loss in losses)
    if len(measured) > 1:
        meant |= {f"{output}_loss": f"the loss of `{output}`" for output in measured}
    first: dict[str, Metric] = {}
    for written, metric in metrics:
        name = reported_name(metric, outputs)
        same = first.setdefault(name, metric)
        if name in meant:
            findings.add(_taken(written, metric, name, meant[name], (), {*meant, *first}))
        elif (same.name, same.options) != (metric.name, metric.options):
            labels = (Label(same.span, "the other one"),)
            findings.add(_taken(written, metric, name, "another metric", labels, {*meant, *first}))
    of_sets = dict(_of_sets([name for name in (*meant, *first) if name == "loss" or name not in _OTHERS]))
    for written, metric in metrics:
        name = reported_name(metric, outputs)
        if name in of_sets:
            findings.add(_taken(written, metric, name, of_sets[name], (), {*of_sets, *first}))
    for loss in losses:
        if f"{loss.output}_loss" in of_sets and len(measured) > 1:
            message = f"`{loss.output}_loss` is the name of two numbers of the run"
            label = f"the loss of `{loss.output}`, and {of_sets[f'{loss.output}_loss']}"
            help_text = f"give the output `{loss.output}` another name"
            findings.add(Diagnostic("NT304", message, loss.span, label, help=help_text))


def _of_sets(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for prefix, set_name in _SETS.items():
        yield from ((f"{prefix}{name}", f"`{name}` of the {set_name}") for name in names)


def _taken(
    written: Objective,
    metric: Metric,
    name: str,
    other: str,
    labels: tuple[Label, ...],
    taken: set[str],
) -> Diagnostic:
    message = f"`{name}` is the name of two numbers of the run"
    place, advice = _renamed(written, metric, name, taken)
    return Diagnostic("NT304", message, place, f"this metric, and {other}", labels, help=advice)


def _renamed(written: Objective, metric: Metric, name: str, taken: set[str]) -> tuple[Span, str]:
    """Where the metric's name is said, or should be, and how to say another one."""
    before = name.removesuffix(metric.label)
    numbered = (f"{metric.label}_{number}" for number in range(2, len(taken) + 3))
    free = next(name for name in numbered if before + name not in taken)
    if "name" in written.options:
        return written.options["name"].value.span, f"write `name: {yaml_flow(free)}`"
    if written.options or written.target is not None:
        return metric.span, f"add `name: {yaml_flow(free)}`"
    return metric.span, f"write `{yaml_flow({'metric': written.name.value, 'name': free})}`"
