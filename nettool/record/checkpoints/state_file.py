"""state.npz: a training state in one file that numpy.load opens, and that shows when it is damaged.

The archive is not compressed: weights hardly can be. It holds `state.json`, with everything that is not an
array, and `<group>/<number>.npy` for each array. Its comment is the SHA-256 of all members' contents.
"""

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import asdict, fields
from io import BytesIO
from math import prod
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import numpy as np
from numpy.typing import NDArray

from nettool.data.formats.numpy_files import read_array_header
from nettool.record.checkpoints.training_state import Identity, NamedArrays, TrainingState
from nettool.record.disk.archive import opened_archive
from nettool.record.disk.forms import (
    ANYTHING,
    COUNT,
    MEASURED,
    SECONDS,
    TEXT,
    TRUTH,
    list_of,
    map_of,
    record,
    row_of,
)
from nettool.record.disk.run_file import checked_json
from nettool.record.disk.typed_json import form_of, typed
from nettool.record.events.events import EpochEnded
from nettool.record.events.position import Position
from nettool.record.run_damaged import RunDamaged

FORMAT = 1
FACTS = "state.json"
COLUMNS = tuple(each.name for each in fields(EpochEnded) if each.name != "is_best")
"""Of the history; which epoch was the best is in the memory of its callback."""
CONTAINERS = {1: np.uint8, 2: np.uint16}
"""What stands in, by its bytes, for number types that NumPy itself does not know (bfloat16, float8)."""

NUMBERS = "biuf"
GROUPS = frozenset({"model", "optimizer", "draws"})
"""The arrays that every state has; within an epoch there are those of its metrics, too."""


_STATE = record(
    {
        "identity": form_of(Identity),
        "position": form_of(Position),
        "is_over": TRUTH,
        "seconds": SECONDS,
        "history": list_of(row_of(COUNT, COUNT, map_of(MEASURED), MEASURED, SECONDS)),
        "callbacks": map_of(map_of(ANYTHING)),
        "arrays": map_of(list_of(record({"name": TEXT, "dtype": TEXT}))),
    }
)


class StateDamaged(Exception):
    """A file is no training state, or no longer what was written."""


def write_state(path: Path, state: TrainingState, identity: Identity) -> None:
    """Write the file. Raises OSError."""
    facts = {
        "format": FORMAT,
        "identity": asdict(identity),
        "position": asdict(state.position),
        "is_over": state.is_over,
        "seconds": state.seconds,
        "history": [[getattr(ended, name) for name in COLUMNS] for ended in state.history],
        "callbacks": state.callbacks,
        "arrays": {
            group: [{"name": name, "dtype": str(values.dtype)} for name, values in arrays]
            for group, arrays in state.arrays.items()
        },
    }
    digest = hashlib.sha256()
    with ZipFile(path, "w", ZIP_STORED) as archive:
        members = [(FACTS, json.dumps(facts).encode())]
        for group, arrays in state.arrays.items():
            members += (
                (_member(group, number), _stored(values)) for number, (_, values) in enumerate(arrays)
            )
        for name, content in members:
            archive.writestr(name, content)
            digest.update(content)
        archive.comment = digest.hexdigest().encode()


def read_state(path: Path) -> tuple[TrainingState, Identity]:
    """What was written. Raises FileNotFoundError, and StateDamaged with the reason."""
    try:
        return _read_state(path)
    except RunDamaged as damage:
        raise StateDamaged(damage.reason) from damage


def _read_state(path: Path) -> tuple[TrainingState, Identity]:
    with opened_archive(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
        comment = archive.comment
    digest = hashlib.sha256()
    for content in contents.values():
        digest.update(content)
    if digest.hexdigest().encode() != comment:
        raise StateDamaged("its checksum does not fit its content")
    if FACTS not in contents:
        raise StateDamaged(f"it holds no {FACTS}")
    facts = checked_json(path, contents[FACTS], record({"format": COUNT}))
    if facts["format"] != FORMAT:
        raise StateDamaged(f"it has the format {facts['format']} of another version of nettool")
    facts = checked_json(path, contents[FACTS], _STATE)
    state = _state(facts, contents)
    _require_sound(state)
    return state, typed(Identity, facts["identity"])


def _require_sound(state: TrainingState) -> None:
    """Raise StateDamaged where what it says contradicts itself."""
    epochs = state.position.epoch
    if [ended.epoch for ended in state.history] != list(range(1, epochs + 1)):
        raise StateDamaged(f"its history must have each of {epochs:,} epochs once")
    missing = GROUPS - state.arrays.keys()
    if missing:
        raise StateDamaged(f"it holds no arrays for {', '.join(sorted(missing))}")
    unknown = state.arrays.keys() - GROUPS - {"metrics"}
    if unknown:
        raise StateDamaged(f"it holds arrays for {', '.join(sorted(unknown))}, which no training has")


def _state(facts: Mapping[str, Any], contents: Mapping[str, bytes]) -> TrainingState:
    arrays: dict[str, NamedArrays] = {
        group: tuple(
            (each["name"], _restored(contents.get(_member(group, number)), each["dtype"]))
            for number, each in enumerate(listed)
        )
        for group, listed in facts["arrays"].items()
    }
    return TrainingState(
        typed(Position, facts["position"]),
        arrays,
        facts["callbacks"],
        tuple(EpochEnded(*row) for row in facts["history"]),
        facts["seconds"],
        facts["is_over"],
    )


def _member(group: str, number: int) -> str:
    return f"{group}/{number}.npy"


def _stored(values: NDArray[Any]) -> bytes:
    foreign = values.dtype.kind == "V"
    buffer = BytesIO()
    np.save(buffer, values.view(CONTAINERS[values.dtype.itemsize]) if foreign else values, allow_pickle=False)
    return buffer.getvalue()


def _restored(content: bytes | None, dtype: str) -> NDArray[Any]:
    """The array in an .npy file, of the number type that is stated. Raises StateDamaged."""
    if content is None:
        raise StateDamaged("an array that it lists is missing")
    try:
        values = array_in(content)
    except (ValueError, EOFError, struct.error, OverflowError):
        raise StateDamaged("an array in it is damaged") from None
    if str(values.dtype) == dtype:
        return values
    import ml_dtypes

    foreign = getattr(ml_dtypes, dtype, None) if dtype.isidentifier() else None
    if not isinstance(foreign, type) or values.dtype != CONTAINERS.get(np.dtype(foreign).itemsize):
        raise StateDamaged(f"an array in it is of the type {values.dtype}, not {dtype}")
    return values.view(foreign)


def array_in(content: bytes) -> NDArray[Any]:
    """The array in an .npy file, whose size is what its header says before any memory is taken for it.

    Raises ValueError, EOFError, struct.error and OverflowError where it is damaged.
    """
    buffer = BytesIO(content)
    shape, _, dtype = read_array_header(buffer)
    if dtype.kind not in NUMBERS or prod(shape) * dtype.itemsize != len(content) - buffer.tell():
        raise ValueError(shape)
    values: NDArray[Any] = np.load(BytesIO(content), allow_pickle=False)
    return values
