"""Losses and metrics at one output: can all of them do with one target, and can they do with the answer?"""

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.graph.check.target_forms import CTC, Form, form_of, forms_taken
from nettool.graph.network import Graph, Node
from nettool.graph.objectives import Loss, Metric
from nettool.layers.outcome import shape_text
from nettool.spec.yaml.flow import yaml_flow

_WORDS: dict[Form, str] = {
    "number": "a class number",
    "row": "a row of 0s and a 1",
    "labels": "a list of labels",
}
_ADVICE_ON_METRICS: dict[Form, str] = {
    "number": "beside a class number accuracy, TopKCategoricalAccuracy, CategoricalCrossentropy, IoU and "
    "MeanIoU can be measured; the loss CategoricalCrossentropy takes a row, as most metrics do",
    "row": "leave `sparse_y_true` out: nettool sets it as the target needs it",
    "labels": f"at an output with {CTC} nothing else can be measured: leave it out",
}
_ADVICE_ON_LOSSES = "an output has one target: leave one of the two losses out"


def check_objectives(graph: Graph, objectives: tuple[Loss | Metric, ...], findings: Findings) -> None:
    """Report what cannot be measured together, and answers that are nothing for a list of labels."""
    nodes = graph.by_name
    for output, there in targeted(objectives).items():
        if output in nodes:
            _check(nodes[output], there, findings)


def targeted(objectives: tuple[Loss | Metric, ...]) -> dict[str, tuple[Loss | Metric, ...]]:
    """By output what is measured against its target: all but losses between two nodes, which have none."""
    found: dict[str, list[Loss | Metric]] = {}
    for each in objectives:
        if not isinstance(each, Loss) or each.between is None:
            found.setdefault(each.output, []).append(each)
    return {output: tuple(several) for output, several in found.items()}


def _check(node: Node, objectives: tuple[Loss | Metric, ...], findings: Findings) -> None:
    units = node.shape[-1] if node.shape else None
    form = form_of(objectives, units)
    first = next((each for each in objectives if form in forms_taken(each, units)), objectives[0])
    for each in objectives:
        taken = forms_taken(each, units)
        if form not in taken:
            findings.add(_unlike(each, taken, first, form))
    for each in objectives:
        if isinstance(each, Loss) and each.name == CTC and node.shape is not None:
            _check_steps(node, each, findings)


def _unlike(objective: Loss | Metric, taken: frozenset[Form], first: Loss | Metric, form: Form) -> Diagnostic:
    kind = "loss" if isinstance(first, Loss) else "metric"
    words = " or ".join(_WORDS[each] for each in sorted(taken))
    return Diagnostic(
        "NT406",
        f"`{objective.name}` takes {words} for its target, but the {kind} `{first.name}` of the same output "
        f"takes {_WORDS[form]}",
        objective.span,
        labels=(Label(first.span, f"takes {_WORDS[form]}"),),
        help=_ADVICE_ON_LOSSES if isinstance(objective, Loss) else _on_metrics(form, first),
    )


def _on_metrics(form: Form, first: Loss | Metric) -> str:
    row = row_advice(first)
    return _ADVICE_ON_METRICS[form] + (f": {row}" if row is not None else "")


def row_advice(first: Loss | Metric) -> str | None:
    """The line that gives the output a loss that takes a row of numbers, where one takes a class number."""
    if not isinstance(first, Loss) or first.name != "SparseCategoricalCrossentropy":
        return None
    kept: dict[str, object] = {key: value for key, value in first.options.items() if key != "ignore_class"}
    kept |= {} if first.weight == 1 else {"weight": first.weight}
    kept |= {} if first.target is None else {"target": first.target}
    loss = {"loss": "CategoricalCrossentropy", **kept} if kept else "categorical_crossentropy"
    return f"write `{yaml_flow(first.output)}: {yaml_flow(loss)}` under `losses`"


def _check_steps(node: Node, loss: Loss, findings: Findings) -> None:
    shape = node.shape or ()
    if len(shape) == 2 and shape[1] != 1:
        return
    findings.add(
        Diagnostic(
            "NT508",
            f"`{node.name}` gives {shape_text(shape)}, but {CTC} takes steps with a score for each label, "
            "and one for none (label 0)",
            loss.span,
            labels=(Label(node.span, f"gives {shape_text(shape)}"),),
            help="end with a layer that keeps the steps (a recurrent one with `return_sequences: true`) and "
            "a Dense with one unit more than there are labels",
        )
    )
