"""The settings of training that depend on the network's figures and on the data."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nettool.data.declare import Declaration
from nettool.diagnostics.diagnostic import Findings
from nettool.graph.bind.binding import Binding
from nettool.graph.bind.class_weights import class_weights
from nettool.graph.check.check_monitors import check_watched
from nettool.graph.objectives import Loss
from nettool.graph.settings import Training
from nettool.spec.train_section import TrainSection
from nettool.vocabulary.metric_directions import Direction


def finish_training(
    training: Training,
    section: TrainSection,
    losses: Sequence[Loss],
    directions: Mapping[str, Direction],
    declaration: Declaration | None,
    binding: Binding | None,
    findings: Findings,
) -> Training:
    """The settings with what is watched and what classes count; reports what cannot be.

    `directions` are of the figures that a part of the data gives. What is not known of the data
    (`declaration` and `binding` are None) is left unchecked.
    """
    has_own = declaration is None or "validation" in declaration.counts
    is_held_out = has_own or training.validation_split > 0 or training.overfit is not None
    watching = check_watched(training, section, directions, is_held_out=is_held_out, findings=findings)
    outputs = list(dict.fromkeys(loss.output for loss in losses))
    return replace(watching, class_weights=class_weights(section.class_weights, outputs, binding, findings))
