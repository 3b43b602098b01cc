"""The section `train` → settings with every name in them checked and nothing left open."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from nettool.data.declare import Declaration
from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.bind.binding import Binding
from nettool.graph.bind.class_weights import check_class_weights
from nettool.graph.network import Graph
from nettool.graph.objectives import Loss
from nettool.graph.options.check_optimizer import check_optimizer
from nettool.spec.keys.read_section import ReadSection
from nettool.spec.train.class_weights import class_weights_entries
from nettool.spec.train.monitoring import Monitored
from nettool.spec.train.optimizer import optimizer_parts
from nettool.spec.train.training import Training
from nettool.spec.yaml.tree import Scalar, part
from nettool.vocabulary.metric_directions import VALIDATION_PREFIX, Direction

M = TypeVar("M", bound=Monitored)


def check_training(section: ReadSection[Training], findings: Findings) -> Training | None:
    """The settings with the optimizer as Keras knows it, or None (and diagnostics)."""
    pair = section.written.get("optimizer")
    if pair is None:
        return section.value
    name, options = optimizer_parts(pair.value, "optimizer", Findings())
    if name is None:
        return section.value
    optimizer = check_optimizer(name, options, findings)
    return None if optimizer is None else replace(section.value, optimizer=optimizer)


def check_batch_size(
    graph: Graph, training: Training, section: ReadSection[Training], findings: Findings
) -> None:
    """A network that is built for batches of one size is trained with batches of that size."""
    size = graph.batch_size
    if size is not None and size != training.batch_size:
        message = f"the network takes batches of {size}, but `batch_size` is {training.batch_size}"
        help_text = f"write `batch_size: {size}` under `train`, or leave it out of the input"
        findings.add(Diagnostic("NT604", message, section.span, help=help_text))


def finish_training(
    training: Training,
    section: ReadSection[Training],
    losses: Sequence[Loss],
    directions: Mapping[str, Direction],
    declaration: Declaration | None,
    binding: Binding | None,
    findings: Findings,
) -> Training:
    """The settings with what is monitored; reports what cannot be, and class weights that fit nothing.

    `directions` are of the metrics that a part of the data gives. What is not known of the data
    (`declaration` and `binding` are None) is left unchecked.
    """
    has_own = declaration is None or "validation" in declaration.counts
    has_validation = has_own or training.validation_split > 0 or training.overfit is not None
    legal = dict(directions)
    if has_validation:
        legal |= {f"{VALIDATION_PREFIX}{name}": direction for name, direction in directions.items()}
    monitors = _Monitors(section, legal, f"{VALIDATION_PREFIX if has_validation else ''}loss", findings)
    stopping = monitors.known("early_stopping", training.early_stopping)
    reducing = monitors.known("reduce_learning_rate", training.reduce_learning_rate)
    _check_learning_rate(training, section, findings)
    best = monitors.known("best", training.best)
    if best is None:
        best = monitors.usual if stopping is None else Monitored(stopping.monitor, stopping.mode)
    weights = section.written.get("class_weights")
    if weights is not None:
        entries = class_weights_entries(weights.value, "class_weights", Findings())
        check_class_weights(entries, list(dict.fromkeys(loss.output for loss in losses)), binding, findings)
    return replace(training, early_stopping=stopping, reduce_learning_rate=reducing, best=best)


class _Monitors:
    """What the keys of a section monitor, held against the metrics that the run will have."""

    def __init__(
        self, section: ReadSection[Training], legal: Mapping[str, Direction], usual: str, findings: Findings
    ) -> None:
        self.usual = Monitored(usual, legal[usual])
        self._section = section
        self._legal = legal
        self._findings = findings

    def known(self, key: str, monitored: M | None) -> M | None:
        """The same with the metric's name and with which way it is better."""
        if monitored is None:
            return None
        says_monitor = self._says_monitor(key, monitored)
        name = monitored.monitor if says_monitor else self.usual.monitor
        if name not in self._legal and says_monitor:
            self._findings.add(
                Diagnostic(
                    "NT605",
                    f"the run will have no metric `{name}` to monitor",
                    self._section.place(key, "monitor"),
                    help=self._advice(name),
                )
            )
        better = self._legal.get(name, self.usual.mode)
        return replace(monitored, monitor=name, mode=better if monitored.mode == "auto" else monitored.mode)

    def _says_monitor(self, key: str, monitored: Monitored) -> bool:
        """A mapping may leave it out, a name alone says it."""
        written = self._section.at(key, "monitor")
        return isinstance(written, Scalar) and written.value == monitored.monitor

    def _advice(self, name: str) -> str:
        of_training = name.removeprefix(VALIDATION_PREFIX)
        if of_training != name and of_training in self._legal:
            return f"there is no validation set: set `validation_split`, or monitor `{of_training}`"
        return did_you_mean(name, self._legal) or f"it will have {listing(self._legal, at_most=16)}"


def _check_learning_rate(training: Training, section: ReadSection[Training], findings: Findings) -> None:
    place, optimizer = section.place("reduce_learning_rate"), section.written.get("optimizer")
    if place is None or optimizer is None:
        return
    if isinstance(training.optimizer.options.get("learning_rate"), Mapping):
        schedule = part(optimizer.value, ("learning_rate",), at_key=True)
        findings.add(
            Diagnostic(
                "NT606",
                "`reduce_learning_rate` cannot be used together with a learning rate schedule",
                place,
                labels=(Label(schedule.span, "the schedule"),),
                help="keep the schedule or `reduce_learning_rate`, not both",
            )
        )
