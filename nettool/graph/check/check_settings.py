"""`train:` and `expect:` → settings and claims, every name in them checked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.network import Graph
from nettool.graph.options.check_optimizer import check_optimizer
from nettool.graph.settings import Expectation, Optimizer, Training
from nettool.spec.document import Document
from nettool.spec.train_section import TrainSection

COUNTS = ("parameters", "trainable_parameters")
"""Figures that the network has before it is trained."""


def check_batch_size(graph: Graph, training: Training, section: TrainSection, findings: Findings) -> None:
    """A network that is built for batches of one size is trained with batches of that size."""
    size = graph.batch_size
    if size is not None and size != training.batch_size:
        message = f"the network takes batches of {size}, but `batch_size` is {training.batch_size}"
        help_text = f"write `batch_size: {size}` under `train`, or leave it out of the input"
        findings.add(Diagnostic("NT604", message, section.span, help=help_text))


def check_training(section: TrainSection, findings: Findings) -> Training | None:
    """The settings with their defaults, or None (and diagnostics)."""
    before = findings.error_count
    optimizer: Optimizer | None = Optimizer()
    if section.optimizer is not None:
        optimizer = check_optimizer(section.optimizer, section.optimizer_options or {}, findings)
    if optimizer is None or findings.error_count > before:
        return None
    default = Training()
    said: dict[str, Any] = {
        "epochs": section.epochs,
        "batch_size": section.batch_size,
        "validation_split": section.validation_split,
        "seed": section.seed,
        "precision": None if section.precision is None else section.precision.value,
        "max_time": section.max_time,
        "limit_steps": section.limit_steps,
        "overfit": section.overfit,
        "tensorboard": section.tensorboard,
        "deterministic": section.deterministic,
    }
    known = {key: value for key, value in said.items() if value is not None}
    return replace(default, optimizer=optimizer, **known)


def check_expectations(
    document: Document, figures: Sequence[str], findings: Findings
) -> tuple[Expectation, ...]:
    """The claims; a claim about a figure that the run will not have is an error."""
    legal = [*COUNTS, *figures, *(f"{part}_{figure}" for part in ("val", "test") for figure in figures)]
    claims: list[Expectation] = []
    for entry in document.expect:
        name = entry.figure
        if name.value in legal:
            claims.append(Expectation(name.value, entry.relation, entry.value, entry.span))
        else:
            help_text = did_you_mean(name.value, legal) or f"it will have {listing(legal, at_most=16)}"
            message = f"the run will have no metric `{name.value}`"
            findings.add(Diagnostic("NT602", message, name.span, help=help_text))
    return tuple(claims)


def check_counts(claims: Sequence[Expectation], graph: Graph, findings: Findings) -> None:
    """Hold the claims about parameters against the network; counts that are not known yet are left alone."""
    for claim in claims:
        count = _count(claim.figure, graph)
        if count is not None and not claim.holds(count):
            relation = "" if claim.relation == "exactly" else f"{claim.relation} "
            words = claim.figure.replace("_", " ")
            message = f"the network has {count:,} {words}, expected {relation}{claim.value:,.0f}"
            findings.add(Diagnostic("NT601", message, claim.span, "expected here"))


def _count(figure: str, graph: Graph) -> int | None:
    if figure == "parameters":
        return graph.parameter_count
    return graph.trainable_parameter_count if figure == "trainable_parameters" else None
