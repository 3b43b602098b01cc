"""Array files as tests write them, and the sources that name them."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.field import FieldDescription
from nettool.data.place import Place
from nettool.data.sources.arrays.array_files import ArrayFiles
from nettool.data.sources.source import Contents

random = np.random.default_rng(11)
IMAGES = random.integers(0, 256, (24, 6, 5), np.uint8)
LABELS = np.arange(24, dtype=np.uint8) % 4
VECTORS = random.normal(3, 2, (24, 3)).astype(np.float32)


def npz(path: Path, **arrays: Any) -> ArrayFiles:
    """One .npz with these arrays, written by NumPy."""
    np.savez(path, **arrays)
    return ArrayFiles(path.name, (("train", (("", path),)),))


def described(source: ArrayFiles, *words: FieldDescription) -> ArrayFiles:
    """The same files with something said of their fields."""
    return ArrayFiles(source.name, source.parts, words)


def contents(source: ArrayFiles) -> Contents:
    return source.read(Place(offline=True), lambda line: None, progress=False)


def arrays_of(source: ArrayFiles) -> dict[str, dict[str, NDArray[Any]]]:
    """All values of each part."""
    return {
        part: {name: column.array() for name, column in columns.columns.items()}
        for part, columns in contents(source).parts.items()
    }
