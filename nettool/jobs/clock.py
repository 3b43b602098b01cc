"""How long each part of a job took."""

import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Clock:
    """Seconds by what took them, measured from one `lap` to the next."""

    timings: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=time.monotonic)

    def lap(self, what: str) -> float:
        """Note the seconds since the last lap as what `what` took."""
        now = time.monotonic()
        seconds = now - self._last
        self.timings[what] = round(self.timings.get(what, 0.0) + seconds, 3)
        self._last = now
        return seconds

    @property
    def total(self) -> float:
        """All laps together, in seconds."""
        return sum(self.timings.values())
