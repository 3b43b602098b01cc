"""A length of time as people write it: `30 min`, `1 h 30 min`, `45 s`."""

import re

from nettool.kinds.kind import Kind

SECONDS = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1.0),
    **dict.fromkeys(("min", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hour", "hours"), 3_600.0),
    **dict.fromkeys(("d", "day", "days"), 86_400.0),
}
_UNIT = "|".join(sorted(SECONDS, key=len, reverse=True))
PATTERN = rf"(?:\d+(?:\.\d+)? *(?:{_UNIT})(?: +|$))+"
_PART = re.compile(rf"(\d+(?:\.\d+)?) *({_UNIT})")


def seconds_in(text: str) -> float | None:
    """The seconds of such a text; None for another one, and for no time at all."""
    if not re.fullmatch(PATTERN, text.strip()):
        return None
    seconds = sum(float(number) * SECONDS[unit] for number, unit in _PART.findall(text))
    return seconds or None


def time_text(seconds: float) -> str:
    """The text for a number of seconds in the largest units that make it whole: `1 h 30 min`."""
    # It takes longer to import than most commands need for all kinds.
    from decimal import Decimal

    parts: list[str] = []
    rest = seconds
    for unit in ("d", "h", "min"):
        count, rest = divmod(rest, SECONDS[unit])
        parts += [f"{count:.0f} {unit}"] if count else []
    return " ".join([*parts, *([f"{Decimal(str(rest)).normalize():f} s"] if rest else [])])


class TimeSpan(Kind):
    """A length of time, such as `30 min`; typed, it is a number of seconds."""

    @property
    def description(self) -> str:
        """How it is written."""
        return "a length of time, such as `30 min` or `1 h 30 min`"

    def accepts(self, value: object) -> bool:
        """Whether it is such a text, and not no time at all."""
        return isinstance(value, str) and seconds_in(value) is not None

    def typed(self, value: object) -> object:
        """The seconds."""
        return seconds_in(value) if isinstance(value, str) else None

    def plain(self, typed: object) -> object:
        """The text for so many seconds."""
        return time_text(typed) if isinstance(typed, float) else typed
