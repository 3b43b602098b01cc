"""Which of a run's numbers are shown first: its metrics; where it has none, its loss."""

from nettool.record.events.event_text import number_text
from nettool.record.events.events import Metrics


def main_metrics(values: Metrics) -> Metrics:
    """The metrics that are no losses, in their order; the (whole) loss when there is nothing else."""
    metrics = {name: value for name, value in values.items() if not is_loss(name)}
    return metrics or dict(list(values.items())[:1])


def is_loss(name: str) -> bool:
    """Whether it is what is minimized, whole or of one output."""
    return name == "loss" or name.endswith("_loss")


def main_metrics_text(values: Metrics, most: int | None = None) -> str:
    """`accuracy 0.9644, top_5 0.9990`; those beyond `most` are an ellipsis."""
    shown = [f"{name} {number_text(value)}" for name, value in main_metrics(values).items()]
    return ", ".join([*shown[:most], *(["…"] if most is not None and len(shown) > most else [])])
