"""Where to compute, as it is written on the command line: `auto`, `cpu`, `gpu:0`, `gpu:0,1`."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["auto", "cpu", "gpu"]

MOST_PARTS = 16
"""Of a processor that is taken for several devices."""


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """`numbers` of devices of a kind, none for `auto`. Several of the processor are made up of one."""

    kind: Kind
    numbers: tuple[int, ...] = ()

    def __str__(self) -> str:
        return ":".join(filter(None, (self.kind, ",".join(map(str, self.numbers)))))

    @property
    def names(self) -> tuple[str, ...]:
        """Each device by its own name."""
        return tuple(f"{self.kind}:{number}" for number in self.numbers)


AUTO = DeviceChoice("auto")


def device_choice(text: str) -> DeviceChoice:
    """What was written; `gpu` is its first one. Raises ValueError with what can be written."""
    if text == "auto":
        return AUTO
    found = re.fullmatch(r"(cpu|gpu)(?::(\d{1,3}(?:,\d{1,3})*))?", text)
    if found is None:
        raise ValueError(f"`{text}` is no device: write auto, cpu, gpu:0, or several as in gpu:0,1")
    kind: Kind = "cpu" if found[1] == "cpu" else "gpu"
    numbers = tuple(map(int, (found[2] or "0").split(",")))
    if len(set(numbers)) < len(numbers):
        raise ValueError(f"`{text}` names a device twice")
    if kind == "cpu" and sorted(numbers) != list(range(len(numbers))):
        raise ValueError(f"`{text}`: parts of the processor are counted from 0, as in cpu:0,1")
    if kind == "cpu" and len(numbers) > MOST_PARTS:
        raise ValueError(f"`{text}`: the processor can be taken for at most {MOST_PARTS} devices")
    return DeviceChoice(kind, numbers)
