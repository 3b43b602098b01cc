"""The machine that a run ran on: processor, cores, memory."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

from nettool.data.process_limits import processors
from nettool.record.disk.typed_json import Count, later


@dataclass(frozen=True, slots=True)
class Hardware:
    """`cores` are those that this process may use; `memory` is the machine's, in bytes if known."""

    processor: str
    cores: Count
    memory: Count | None
    gpus: tuple[str, ...] = later(())


def this_machine(gpus: tuple[str, ...] = ()) -> Hardware:
    """What can be learned without any library; the names of the GPUs come from who uses them."""
    return Hardware(_processor(), processors(), _memory(), gpus)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or platform.machine())


def _memory() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
