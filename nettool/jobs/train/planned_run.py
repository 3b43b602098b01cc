"""A run as it would begin."""

from collections.abc import Mapping
from dataclasses import dataclass

from nettool.engine.devices.memory_parts import Memory


@dataclass(frozen=True, slots=True)
class DryRun:
    """The run as it would begin; `samples` by part, `steps` of an epoch, `optimizer` with its settings."""

    name: str
    parameters: int
    samples: Mapping[str, int]
    batch_size: int
    steps: int
    epochs: int
    optimizer: Mapping[str, object]
    precision: str
    memory: Memory
    notes: tuple[str, ...]
