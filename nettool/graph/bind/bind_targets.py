"""The target of each output: which field, and in which form the output's loss wants it."""

from nettool.data.field import Field
from nettool.data.request import DataRequest
from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.bind.binding import Encoding, InputBinding, TargetBinding
from nettool.graph.bind.field_advice import label_advice, target_advice
from nettool.graph.bind.units_and_classes import units_fit, wrong_units
from nettool.graph.check.check_objectives import row_advice
from nettool.graph.check.target_forms import CTC, Form, form_of
from nettool.graph.fixed_shapes import shapes_fed
from nettool.graph.network import Graph, Node
from nettool.graph.objectives import Loss, Metric
from nettool.layers.outcome import Shape, shape_text
from nettool.spec.document import Document


class Targets:
    """Binds outputs to target fields; `inputs` are the fields that feed inputs, with their lengths."""

    def __init__(
        self,
        document: Document,
        graph: Graph,
        fields: dict[str, Field],
        inputs: tuple[InputBinding, ...],
        request: DataRequest,
        findings: Findings,
    ) -> None:
        self._document = document
        self._nodes = graph.by_name
        self._shapes = shapes_fed(graph, {each.input: each.shape for each in inputs})
        self._varies = any(None in each.shape for each in inputs)
        self._fields = fields
        self._fed = frozenset(each.field for each in inputs)
        self._request = request
        self._findings = findings

    def bind(self, output: str, objectives: tuple[Loss | Metric, ...]) -> TargetBinding | None:
        """The target of an output with these losses and metrics."""
        field = self._field(output, objectives)
        node = self._nodes[output]
        shape = self._shapes[output]
        if field is None or not self._share(objectives, field) or shape is None:
            return None
        form = form_of(objectives, shape[-1] if shape else None)
        if form == "labels":
            return self._labels_target(node, field, objectives[0].span)
        if field.kind != "label":
            if form == "number" and shape[-1:] not in ((), (1,), (None,)):
                self._no_class_number(node, field, objectives)
                return None
            return self._value_target(node, shape, field, objectives)
        losses = [each for each in objectives if isinstance(each, Loss)]
        return self._label_target(node, shape, field, losses, form)

    def _field(self, output: str, objectives: tuple[Loss | Metric, ...]) -> Field | None:
        said = [each for each in objectives if each.target is not None]
        for each in said:
            if each.target not in self._fields:
                target = str(each.target)
                help_text = did_you_mean(target, self._fields) or f"its fields are {listing(self._fields)}"
                message = f"the data has no field `{target}`"
                self._findings.add(Diagnostic("NT505", message, self._target_span(each), help=help_text))
                return None
        losses = [each for each in objectives if isinstance(each, Loss)]
        if losses:
            # What a metric says is held against it: it does not choose what is learned.
            said = [each for each in losses if each.target is not None]
        if said:
            return self._fields[str(said[0].target)]
        if output in self._fields:
            return self._fields[output]
        labels = [field for field in self._fields.values() if field.kind == "label"]
        rest = [field for field in self._fields.values() if field.name not in self._fed]
        choices = labels or rest or list(self._fields.values())
        if len(labels or rest) == 1:
            return choices[0]
        self._findings.add(
            Diagnostic(
                "NT507",
                f"it is not clear which field of the data is the target of `{output}`",
                objectives[0].span,
                notes=(f"{self._request.source.name} gives {listing(field.name for field in choices)}",),
                help=target_advice(objectives[0], choices[0].name),
            )
        )
        return None

    def _share(self, objectives: tuple[Loss | Metric, ...], field: Field) -> bool:
        """Report losses and metrics that want another target than the output has."""
        apart = [each for each in objectives if each.target not in (None, field.name)]
        for each in apart:
            new = f"{each.output.replace('.', '_')}_{each.target}"
            self._findings.add(
                Diagnostic(
                    "NT406",
                    f"`{each.name}` asks for the target `{each.target}`, but the target of `{each.output}` "
                    f"is `{field.name}`",
                    self._target_span(each),
                    labels=(Label(objectives[0].span, f"the target is `{field.name}`"),),
                    help=f"an output has one target; for another give it a second name: the node "
                    f"`{new}: {{layer: Identity, from: {each.output}}}`, and `{new}` in `outputs`",
                )
            )
        return not apart

    def _target_span(self, objective: Loss | Metric) -> Span:
        """Where the target is named."""
        written = next(
            each
            for each in (*self._document.losses, *self._document.metrics)
            if each.name.span == objective.span
        )
        return objective.span if written.target is None else written.target.span

    def _no_class_number(self, node: Node, field: Field, objectives: tuple[Loss | Metric, ...]) -> None:
        first = next((each for each in objectives if isinstance(each, Loss)), objectives[0])
        row = row_advice(first) if field.shape == self._shapes[node.name] else None
        self._findings.add(
            Diagnostic(
                "NT508",
                f"`{first.name}` takes a class number for each sample, but its target `{field.name}` is "
                f"{shape_text(field.shape)}",
                first.span,
                labels=(Label(node.span, f"gives {shape_text(self._shapes[node.name])}"),),
                help=row or label_advice(field, node.shape or (), objectives, self._request.source),
            )
        )

    def _value_target(
        self, node: Node, shape: Shape, field: Field, objectives: tuple[Loss | Metric, ...]
    ) -> TargetBinding | None:
        if not self._agree(shape, field.shape):
            self._findings.add(
                Diagnostic(
                    "NT508",
                    f"`{node.name}` gives {shape_text(shape)}, but its target `{field.name}` is "
                    f"{shape_text(field.shape)}",
                    objectives[0].span,
                    labels=(Label(node.span, f"gives {shape_text(shape)}"),),
                    help=label_advice(field, shape, objectives, self._request.source),
                )
            )
            return None
        lengths = iter(_long(field.shape))
        filled = tuple(length if length == 1 else next(lengths) for length in shape)
        return TargetBinding(node.name, field.name, "value", filled)

    def _agree(self, given: Shape, wanted: Shape) -> bool:
        """Whether two shapes are equal but for axes of 1.

        Where no input varies, a length that is still open is one that no rule knows, and fits any other.
        """
        pairs = (_long(given), _long(wanted))
        return len(pairs[0]) == len(pairs[1]) and all(
            ours == theirs or (ours is None and not self._varies) for ours, theirs in zip(*pairs, strict=True)
        )

    def _labels_target(self, node: Node, field: Field, span: Span) -> TargetBinding | None:
        """A list of labels for each sample, as CTC takes it."""
        if field.kind != "label" and len(field.shape) == 1 and field.dtype.startswith(("int", "uint")):
            return TargetBinding(node.name, field.name, "index", field.shape)
        what = "one number" if field.kind == "label" else f"{shape_text(field.shape)} of {field.dtype}"
        self._findings.add(
            Diagnostic(
                "NT508",
                f"`{CTC}` takes a list of labels for each sample, but its target `{field.name}` is {what}",
                span,
                help="train on data with a field of whole numbers, as many for each sample as the longest "
                "list has, 0 where a shorter one has ended",
            )
        )
        return None

    def _label_target(
        self, node: Node, shape: Shape, field: Field, losses: list[Loss], form: Form
    ) -> TargetBinding | None:
        if len(shape) != 1 or shape[0] is None:
            self._findings.add(
                Diagnostic(
                    "NT508",
                    f"`{node.name}` gives {shape_text(shape)}, but its target `{field.name}` is one number",
                    node.span,
                    help="end with a Dense layer; before it a Flatten or a GlobalAveragePooling",
                )
            )
            return None
        encoding, width = _encoding(shape[0], form)
        if not units_fit(shape[0], field, encoding, losses, more=self._request.fit):
            wrong = wrong_units(self._document, self._request, self._nodes, node, shape[0], field)
            self._findings.add(wrong)
            return None
        target_shape: Shape = () if encoding == "index" else (width,)
        return TargetBinding(node.name, field.name, encoding, target_shape, width)


def _long(shape: Shape) -> Shape:
    return tuple(length for length in shape if length != 1)


def _encoding(units: int, form: Form) -> tuple[Encoding, int]:
    if form == "number":
        return "index", units
    return ("value", 1) if units == 1 else ("one_hot", units)
