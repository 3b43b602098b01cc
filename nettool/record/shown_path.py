"""A path as people want to read it."""

import os
from pathlib import Path


def shown(path: Path) -> str:
    """Relative where it lies below the working folder, otherwise as it is."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
