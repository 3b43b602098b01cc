"""A `.keras` file, looked through before anything opens it: it may be damaged, or made by somebody else.

It is an archive of config.json and of the weights in HDF5, which can refer to other files, and state more
numbers than it holds.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nettool.record.disk.archive import opened_archive
from nettool.record.disk.forms import ANYTHING, TEXT, list_of, map_of, record
from nettool.record.disk.run_file import LARGEST_TEXT, checked_json
from nettool.record.run_damaged import RunDamaged

if TYPE_CHECKING:
    import h5py

_CONFIG, _WEIGHTS = "config.json", "model.weights.h5"
_FORM = record(
    {
        "class_name": TEXT,
        "config": record({"layers": list_of(record({"class_name": TEXT, "config": map_of(ANYTHING)}))}),
    }
)
_NUMBERS = "biufcV"
"""Kinds of NumPy's types; what it has no type for stands as plain bytes (V)."""

_MOST_OBJECTS = 200_000
_DEEPEST = 64
_UNREADABLE = (OSError, RuntimeError, KeyError, ValueError, TypeError, AttributeError, RecursionError)
"""What h5py may raise for bytes that are no sound HDF5."""


def require_sound_weights(model: Path) -> None:
    """Raise RunDamaged where the weights are damaged or refer to other files; FileNotFoundError, OSError."""
    with opened_weights(model):
        pass


def model_config(model: Path) -> Mapping[str, Any]:
    """What the file says of its network, as Keras writes it. Raises RunDamaged and OSError."""
    config: Mapping[str, Any] = checked_json(model, _member(model, _CONFIG, LARGEST_TEXT), _FORM)
    return config


@contextmanager
def opened_weights(model: Path) -> Iterator[h5py.File]:
    """The weights, to be read within the block. Raises RunDamaged, FileNotFoundError and OSError."""
    content = _member(model, _WEIGHTS)
    import h5py

    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            _require_plain(file, len(content), model)
            yield file
    except RunDamaged:
        raise
    except _UNREADABLE:
        raise RunDamaged(model, f"its {_WEIGHTS} cannot be read") from None


def _member(model: Path, name: str, largest: int | None = None) -> bytes:
    with opened_archive(model) as archive:
        if name not in archive.namelist():
            raise RunDamaged(model, f"it holds no {name}")
        if largest is not None and archive.getinfo(name).file_size > largest:
            raise RunDamaged(model, f"its {name} is too large")
        return archive.read(name)


def _require_plain(file: h5py.File, size: int, model: Path) -> None:
    """Every link leads to a place in the file, every array is numbers that stand there."""
    import h5py

    stated = count = 0
    waiting = [(file["/"], 0)]
    while waiting:
        group, depth = waiting.pop()
        for name in group:
            count += 1
            if count > _MOST_OBJECTS or depth > _DEEPEST:
                raise RunDamaged(model, f"its {_WEIGHTS} holds more parts than any network has")
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise RunDamaged(model, f"its {_WEIGHTS} holds a link to another place or file")
            found = group[name]
            if isinstance(found, h5py.Group):
                waiting.append((found, depth + 1))
                continue
            stated += _size(found, model)
            if stated > size:
                raise RunDamaged(model, f"its {_WEIGHTS} states more numbers than it holds")


def _size(found: object, model: Path) -> int:
    """The bytes of an array of numbers that is in the file. Raises RunDamaged for anything else."""
    import h5py

    if not isinstance(found, h5py.Dataset):
        raise RunDamaged(model, f"its {_WEIGHTS} holds something else than arrays")
    if found.external is not None or found.is_virtual:
        raise RunDamaged(model, f"its {_WEIGHTS} takes numbers from another file")
    if found.dtype.kind not in _NUMBERS:
        raise RunDamaged(model, f"its {_WEIGHTS} holds something else than numbers")
    return int(found.nbytes)
