"""Arguments of drawings: the file that one is written to, and the levels of blocks that are open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nettool.api.arguments import count_of, path_of, wrong_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from nettool.jobs.spec.draw_network import DrawingForm
    from nettool.views.diagram.drawn import Depth


def save_drawing(path: str | Path | None, draw: Callable[[DrawingForm], bytes]) -> None:
    """Write a drawing in the form that its file's ending says; nothing without a path."""
    from nettool.jobs.spec.draw_network import form_of
    from nettool.record.disk.atomic import write_bytes

    if path is not None:
        file = path_of("path", path)
        write_bytes(file, draw(form_of(file)))


def open_levels(depth: Depth | None) -> Depth | None:
    """The argument `depth`. Raises CallError for a wrong one."""
    if isinstance(depth, str) and depth != "all":
        raise wrong_kind("depth", depth, "a whole number of at least 0, or `all`")
    return depth if depth is None or isinstance(depth, str) else count_of("depth", depth, at_least=0)
