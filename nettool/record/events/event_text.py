"""One plain line per event, for the log and for a screen that is no terminal."""

from nettool.record.events.events import (
    EpochEnded,
    EpochStarted,
    Evaluated,
    Event,
    Metrics,
    Note,
    RunEnded,
    RunResumed,
    RunStarted,
    StepsDone,
    Working,
)
from nettool.record.events.position import Position


def event_text(event: Event) -> str | None:
    """The event as one line without its end; None for those that only a live display shows."""
    match event:
        case RunStarted():
            samples = ", ".join(f"{number:,} {part}" for part, number in event.samples.items())
            epochs = f"{event.epochs} {'epoch' if event.epochs == 1 else 'epochs'}"
            trial = () if event.trial is None else (f"a trial ({event.trial}), not a result of the spec",)
            return _sentence(
                f"run {event.name}: {event.parameters:,} parameters",
                f"samples: {samples}",
                f"{epochs} of batches of {event.batch_size}",
                *trial,
                event.directory,
            )
        case RunResumed():
            return f"resumed after {Position(event.epochs, event.step)}"
        case Note():
            return f"note: {' '.join(event.text.split())}"
        case EpochStarted() | StepsDone() | Working():
            return None
        case EpochEnded():
            epoch = f"epoch {event.epoch:>{len(str(event.epochs))}}/{event.epochs}"
            return _sentence(epoch, metrics_text(event.metrics), seconds_text(event.seconds))
        case Evaluated():
            part = f"{event.part} ({samples_text(event.samples, event.left_out)})"
            return _sentence(part, metrics_text(event.metrics), seconds_text(event.seconds))
        case RunEnded():
            return _sentence(event.status, f"after {seconds_text(event.seconds)}", event.directory)


def line_text(event: Event) -> str | None:
    """The same for a screen that shows nothing live: there, what takes longer is a line, too."""
    return f"{event.what} …" if isinstance(event, Working) else event_text(event)


def samples_text(measured: int, left_out: int = 0) -> str:
    """`16 samples`, or `16 of 31 samples` where some are left out."""
    if left_out:
        return f"{measured:,} of {measured + left_out:,} samples"
    return "1 sample" if measured == 1 else f"{measured:,} samples"


def metrics_text(metrics: Metrics) -> str:
    """Metrics side by side: `loss 0.1200  accuracy 0.9644`."""
    return "  ".join(f"{name} {number_text(value)}" for name, value in metrics.items())


def number_text(value: float) -> str:
    """Four decimals, or four significant digits where those would say nothing (very small, very large)."""
    size = abs(value)
    if size != 0 and (size < 0.001 or size >= 100_000):
        return f"{value:.3e}"
    return f"{value:.4f}"


def seconds_text(seconds: float) -> str:
    """A length of time as people say it: `2.1 s`, `3 min 05 s`, `1 h 02 min`."""
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min"


def _sentence(*parts: str) -> str:
    return "  ".join(part for part in parts if part)
