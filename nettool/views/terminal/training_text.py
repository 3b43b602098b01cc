"""What happens in a training, in lines for a terminal of a known width."""

import re
import textwrap

from nettool.record.events.event_text import event_text, metrics_text, samples_text, seconds_text
from nettool.record.events.events import Evaluated, Event, RunEnded, RunStarted

_INDENT = "  "
_UNBROKEN = "\xa0"
_SINGLE_SPACE = re.compile("(?<! ) (?! )")


def training_lines(event: Event, width: int) -> tuple[str, ...]:
    """The lines of an event, none of them wider than the terminal; none for what has a display of its own."""
    match event:
        case RunStarted():
            epochs = f"{event.epochs} {'epoch' if event.epochs == 1 else 'epochs'}"
            sets = ", ".join(f"{count:,} {_SETS.get(name, name)}" for name, count in event.samples.items())
            trial = () if event.trial is None else (f"a trial ({event.trial}), not a result of the spec",)
            texts = (
                f"{event.name}: {event.parameters:,} parameters",
                f"samples: {sets}; {epochs}, batch size {event.batch_size}",
                *trial,
                event.directory,
            )
        case Evaluated():
            samples = samples_text(event.samples, event.left_out)
            texts = ("", f"{event.part}  {_unbroken(metrics_text(event.metrics))}  ({_unbroken(samples)})")
        case RunEnded():
            texts = (f"{event.status} after {seconds_text(event.seconds)}",)
        case _:
            text = event_text(event)
            texts = () if text is None else (text,)
    return tuple(line for text in texts for line in wrapped(text, width))


_SETS = {"train": "training"}


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of a width, broken between words; a path is never broken, so it can be copied."""
    lines = textwrap.wrap(
        text, width, subsequent_indent=_INDENT, break_long_words=False, break_on_hyphens=False
    )
    return [line.replace(_UNBROKEN, " ") for line in lines] or [""]


def _unbroken(text: str) -> str:
    """The text with single spaces at which no line ends: a value stays beside its name."""
    return _SINGLE_SPACE.sub(_UNBROKEN, text)
