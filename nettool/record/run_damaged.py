"""A file of a run cannot be read as what it should be."""

from pathlib import Path


class RunDamaged(Exception):
    """Says which file of a run is damaged."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} is damaged")
        self.path = path
