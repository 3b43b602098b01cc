"""Outputs, losses and metrics: do they name something that is there, and is it legal?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.check.check_metric_names import check_metric_names
from nettool.graph.expand.calls import Expansion
from nettool.graph.objectives import Loss, Metric
from nettool.graph.options.check_options import check_options
from nettool.graph.options.class_advice import class_advice
from nettool.graph.options.option_values import option_values
from nettool.spec.document import Document
from nettool.spec.train.objectives import Objective
from nettool.spec.yaml.located import Name, Option
from nettool.spec.yaml.tree import Mapping as Table
from nettool.spec.yaml.tree import Scalar, Sequence, kind_name, plain
from nettool.vocabulary.keras_names import (
    Definition,
    Family,
    canonical,
    definitions,
    metrics,
)
from nettool.vocabulary.other_names import CROSS_ENTROPIES

ANY_ACCURACY = frozenset({"accuracy", "acc"})
"""The metric that is binary, categorical or sparse accuracy as the target asks for, as in Keras."""

_FOLDED = {
    "F1Score": ("average", "macro"),
    "FBetaScore": ("average", "macro"),
    "R2Score": ("class_aggregation", "uniform_average"),
}
"""Metrics that are worked out for each class, the option that makes one number of these, and a value."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """The spec's outputs as addresses, with their losses and metrics."""

    addresses: tuple[str, ...]
    losses: tuple[Loss, ...]
    metrics: tuple[Metric, ...]


def check_outputs(document: Document, expansion: Expansion, findings: Findings) -> Outputs:
    """Find the outputs and what is measured at them."""
    if document.outputs is None and document.entries and document.tree.get("outputs") is None:
        _no_outputs(document, expansion, findings)
    first: dict[str, Name] = {}
    for address, name in expansion.outputs:
        if address in first:
            message = f"`{name.value}` is an output twice"
            labels = (Label(first[address].span, "first here"),)
            findings.add(Diagnostic("NT402", message, name.span, labels=labels))
        first.setdefault(address, name)
    addresses = tuple(first)
    written = {name.value: address for address, name in first.items()} | {each: each for each in addresses}
    reader = _Objectives(written, expansion, findings)
    unread = document.outputs is None and document.tree.get("outputs") is not None
    if unread or len(expansion.outputs) < len(document.outputs or ()):
        return Outputs(addresses, (), ())
    losses = tuple(loss for each in document.losses if (loss := reader.loss(each)) is not None)
    metrics = [(each, metric) for each in document.metrics if (metric := reader.metric(each)) is not None]
    check_metric_names(addresses, losses, metrics, findings)
    return Outputs(addresses, losses, tuple(metric for _, metric in metrics))


def all_losses_read(document: Document) -> bool:
    """Whether no loss was left out for a mistake in it: only then is it known what the losses look at."""
    table = document.tree.get("losses")
    if not isinstance(table, Table):
        return table is None
    written = (pair.value for pair in table.pairs)
    count = sum(len(each.items) if isinstance(each, Sequence) else 1 for each in written)
    return count == len(document.losses)


def _no_outputs(document: Document, expansion: Expansion, findings: Findings) -> None:
    fed = {source for call in expansion.calls for source in call.sources}
    ends = [call.name for call in expansion.calls if call.name not in fed]
    span = document.entries[-1].name.span if document.entries else document.tree.span
    help_text = f"write `outputs: [{', '.join(ends[:5])}]` beside `nodes`" if ends else None
    findings.add(Diagnostic("NT401", "the spec has no `outputs`", span, help=help_text))


class _Objectives:
    def __init__(self, outputs: Mapping[str, str], expansion: Expansion, findings: Findings) -> None:
        self._outputs = outputs
        self._expansion = expansion
        self._findings = findings

    def loss(self, written: Objective) -> Loss | None:
        between = None
        if written.between is None:
            output = self._output(written.output, "loss")
        else:
            output = self._comparison(written)
            ends = [self._expansion.references.address(self._expansion.top, name) for name in written.between]
            if ends[0] is None or ends[1] is None:
                return None
            between = (ends[0], ends[1])
        name = self._name("losses", written)
        options = self._options("losses", name, written, written.options)
        if output is None or name is None or options is None:
            return None
        target = None if written.target is None else written.target.value
        return Loss(output, name, options, written.name.span, written.weight, target, between)

    def metric(self, written: Objective) -> Metric | None:
        output = self._output(written.output, "metric")
        # A metric may also go by a loss's name, as in Keras (`mse`, `categorical_crossentropy`).
        name = self._name("metrics", written)
        own = {key: option for key, option in written.options.items() if key != "name"}
        options = self._options("metrics", name, written, own)
        if output is None or name is None or options is None:
            return None
        self._one_number(name, written, options)
        target = None if written.target is None else written.target.value
        label = self._label(written)
        return Metric(output, name, label, options, written.name.span, target)

    def _one_number(self, name: str, written: Objective, options: Mapping[str, object]) -> None:
        """Report a metric that would give a number for each class."""
        option, advised = _FOLDED.get(name, ("", ""))
        default = metrics()[name].options[option].default if option else None
        if not option or options.get(option, default) is not None:
            return
        said = written.options.get(option)
        self._findings.add(
            Diagnostic(
                "NT214",
                f"`{name}` gives one number for each class, not a single one, because its `{option}` is null",
                written.name.span if said is None else said.value.span,
                help=_folded_advice(name, f"{option}: {advised}", written),
            )
        )

    def _label(self, written: Objective) -> str:
        """What a metric is called in the run: its `name`, else the name of the metric itself."""
        option = written.options.get("name")
        if option is None:
            return written.name.value
        if not isinstance(option.value, Scalar) or not isinstance(option.value.value, str):
            message = f"`name` must be a name, not {kind_name(option.value)}"
            self._findings.add(Diagnostic("NT205", message, option.value.span))
        label = str(plain(option.value))
        if not label.strip() or len(label.splitlines()) > 1:
            message = f"{json.dumps(label)} cannot be the name of a metric"
            self._findings.add(Diagnostic("NT206", message, option.value.span, help="leave `name` out"))
        return label

    def _comparison(self, written: Objective) -> str | None:
        """The name of a loss between two nodes: a new one, for the node in which they meet."""
        name, top = written.output, self._expansion.top
        if name.value in top.members or name.value in top.inputs:
            message = f"a loss between two nodes needs a name of its own, and `{name.value}` is a node"
            self._findings.add(
                Diagnostic("NT304", message, name.span, help=f"for example `{name.value}_gap`")
            )
            return None
        return name.value

    def _output(self, name: Name, kind: str) -> str | None:
        address = self._outputs.get(name.value)
        if address is None:
            is_node = name.value.split(".")[0] in self._expansion.top.members
            help_text = (
                f"add `{name.value}` to `outputs`, or give the {kind} to {self._legal()}"
                if is_node
                else did_you_mean(name.value, self._outputs) or self._only_output()
            )
            message = f"a {kind} for `{name.value}`, which is no output"
            self._findings.add(Diagnostic("NT403", message, name.span, help=help_text))
        return address

    def _only_output(self) -> str:
        names = [*dict.fromkeys(self._outputs.values())]
        return (
            f"call it `{names[0]}`, the only output"
            if len(names) == 1
            else f"the outputs are {self._legal()}"
        )

    def _legal(self) -> str:
        return listing(dict.fromkeys(self._outputs))

    def _name(self, family: Family, written: Objective) -> str | None:
        name = written.name
        if family == "metrics" and name.value in ANY_ACCURACY:
            return "accuracy"
        found = canonical(family, name.value)
        if found is None:
            help_text = self._class_advice(family, written)
            kind = "loss" if family == "losses" else "metric"
            message = f"there is no {kind} `{name.value}`"
            self._findings.add(Diagnostic("NT404", message, name.span, help=help_text))
        return found

    def _class_advice(self, family: Family, written: Objective) -> str | None:
        name = written.name.value
        if family == "losses" and name.lower() in CROSS_ENTROPIES:
            output = self._outputs.get(written.output.value)
            call = next((call for call in self._expansion.calls if call.name == output), None)
            is_lone = call is not None and call.options.get("units") == 1
            return f"did you mean `{'binary' if is_lone else 'sparse_categorical'}_crossentropy`?"
        also = (*ANY_ACCURACY,) if family == "metrics" else ()
        in_mapping = bool(written.options) or written.target is not None or written.weight != 1
        return class_advice(family, name, also, in_mapping=in_mapping)

    def _options(
        self, family: Family, name: str | None, objective: Objective, written: Mapping[str, Option]
    ) -> dict[str, object] | None:
        before = self._findings.error_count
        values = option_values(written, {}, self._findings)
        definition = definitions(family).get(name) if name is not None else None
        if name is None or self._findings.error_count > before:
            return None
        check_options(family, name, definition, written, values, self._findings)
        if definition is not None and self._findings.error_count == before:
            self._require(objective, definition)
        return None if self._findings.error_count > before else values

    def _require(self, written: Objective, definition: Definition) -> None:
        """Report what Keras needs and the metric or loss does not say."""
        required = [each.name for each in definition.options.values() if each.required]
        missing = [name for name in required if name not in written.options]
        if missing:
            shown = ", ".join(f"{name}: …" for name in required)
            self._findings.add(
                Diagnostic(
                    "NT213",
                    f"`{written.name.value}` does not say {listing(missing)}, which it needs",
                    written.name.span,
                    help=f"write `{{metric: {definition.name}, {shown}}}`",
                )
            )


def _folded_advice(name: str, pair: str, written: Objective) -> str:
    """How a metric says that its classes make one number; what it says besides stays."""
    if pair.partition(":")[0] in written.options:
        return f"write `{pair}`"
    return f"add `{pair}`" if written.options else f"write `{{metric: {name}, {pair}}}`"
