"""state.npz: a training state in one file that numpy.load opens, and that tells when it is damaged.

The archive is not compressed: weights hardly can be. It holds `state.json`, with everything that is not an
array, and `<group>/<number>.npy` for each array. Its comment is the SHA-256 of all members' contents.
"""

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import asdict, fields
from errno import EINVAL
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - a class, whatever its name

import numpy as np
from numpy.typing import NDArray

from nettool.record.events import EpochEnded
from nettool.record.position import Position
from nettool.record.training_state import Identity, NamedArrays, TrainingState

FORMAT = 1
FACTS = "state.json"
COLUMNS = tuple(each.name for each in fields(EpochEnded))
CONTAINERS = {1: np.uint8, 2: np.uint16}
"""What stands in, by its bytes, for number types that NumPy itself does not know (bfloat16, float8)."""

UNREADABLE = (BadZipFile, EOFError, ValueError, RuntimeError, struct.error, ZlibError)
"""What reading an archive may raise when bytes of its own headers are wrong."""


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
        with ZipFile(path) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()}
            comment = archive.comment
    except (*UNREADABLE, OSError) as error:
        # A wrong offset leads to a place that no file has; all other errors are the disk's.
        if isinstance(error, OSError) and error.errno != EINVAL:
            raise
        raise StateDamaged("it is cut off or not a training state") from error
    digest = hashlib.sha256()
    for content in contents.values():
        digest.update(content)
    if digest.hexdigest().encode() != comment:
        raise StateDamaged("its checksum does not fit its content")
    facts = json.loads(contents[FACTS])
    if facts["format"] != FORMAT:
        raise StateDamaged(f"it has the format {facts['format']} of another version of nettool")
    return _state(facts, contents), Identity(**facts["identity"])


def _state(facts: Mapping[str, Any], contents: Mapping[str, bytes]) -> TrainingState:
    arrays: dict[str, NamedArrays] = {
        group: tuple(
            (each["name"], _restored(contents[_member(group, number)], each["dtype"]))
            for number, each in enumerate(listed)
        )
        for group, listed in facts["arrays"].items()
    }
    return TrainingState(
        Position(**facts["position"]),
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


def _restored(content: bytes, dtype: str) -> NDArray[Any]:
    values: NDArray[Any] = np.load(BytesIO(content), allow_pickle=False)
    if str(values.dtype) == dtype:
        return values
    import ml_dtypes

    return values.view(getattr(ml_dtypes, dtype))
