"""Losses in a drawing: each at the output where it measures the error, or at the node where two meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nettool.graph.network import Graph
from nettool.graph.objectives import Loss
from nettool.graph.repeats import Repeat


@dataclass(frozen=True, slots=True)
class DrawnLoss:
    """A loss at the drawn node `at`: the Keras class, and what else is to be said (target, weight).

    A loss that `compares` two nodes is drawn in the place of the node in which they meet.
    """

    name: str
    at: str
    text: str
    facts: tuple[str, ...]
    compares: bool = False


def drawn_losses(
    losses: Sequence[Loss], graph: Graph, repeats: Mapping[str, Repeat]
) -> tuple[DrawnLoss, ...]:
    """The losses at the nodes of the drawn graph that stand for their outputs."""
    known = graph.by_name
    found = []
    for number, loss in enumerate(losses):
        at = _standing_for(loss.output, known, repeats)
        if at is None:
            continue
        compares = loss.between is not None
        name = at if compares else f"loss:{number}:{loss.output}"
        found.append(DrawnLoss(name, at, loss.name, tuple(_facts(loss)), compares))
    return tuple(found)


def _standing_for(output: str, known: Mapping[str, object], repeats: Mapping[str, Repeat]) -> str | None:
    for repeat in repeats.values():
        if output == repeat.last or output.startswith(f"{repeat.last}."):
            output = repeat.first + output.removeprefix(repeat.last)
    while output and output not in known:
        output = output.rpartition(".")[0]
    return output or None


def _facts(loss: Loss) -> list[str]:
    facts = [f"between {loss.between[0]} and {loss.between[1]}"] if loss.between is not None else []
    if loss.target not in (None, loss.output):
        facts.append(f"target {loss.target}")
    facts += [
        f"{name} {value}" for name, value in loss.options.items() if isinstance(value, (int, float, str))
    ]
    return [*facts, *([f"weight {loss.weight:g}"] if loss.weight != 1 else [])]
