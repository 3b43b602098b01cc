"""split.npz: which samples a run was trained on, as the fingerprints of all of them.

The archive holds `split.json`, which says what they were made of, and `train.npy`, uint64 of (samples,), in
the order of their size, which numpy.load gives under the name `train`.
"""

from __future__ import annotations

import json
import struct
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import numpy as np

from nettool.data.values.fingerprints import MOST_SAMPLES, Fingerprints
from nettool.record.checkpoints.state_file import array_in
from nettool.record.disk.archive import opened_archive
from nettool.record.disk.atomic import replacing
from nettool.record.disk.forms import COUNT, map_of, one_of, record
from nettool.record.disk.run_file import checked_json
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory

FORMAT = 1
"""Another one for every change of how fingerprints are made."""
FACTS, TRAIN = "split.json", "train.npy"
_SPLIT = record({"format": COUNT, "basis": map_of(one_of(("values", "files")))})
_LARGEST = 8 * MOST_SAMPLES + 100_000
"""Bytes: the fingerprints, and more than enough for the rest."""


def split_path(run: RunDirectory) -> Path:
    """Where it is."""
    return run.path / "split.npz"


def write_split(run: RunDirectory, trained_on: Fingerprints) -> None:
    """Keep the fingerprints of all training samples. Raises OSError."""
    array = BytesIO()
    np.save(array, np.sort(trained_on.numbers).astype("<u8"), allow_pickle=False)
    with replacing(split_path(run)) as path, ZipFile(path, "w", ZIP_STORED) as archive:
        archive.writestr(FACTS, json.dumps({"format": FORMAT, "basis": dict(trained_on.basis)}))
        archive.writestr(TRAIN, array.getvalue())


def read_split(run: RunDirectory) -> Fingerprints | None:
    """What was written; None when nothing was, or by a version that makes fingerprints otherwise.

    Raises RunDamaged and OSError.
    """
    path = split_path(run)
    try:
        with opened_archive(path) as archive:
            if sum(each.file_size for each in archive.infolist()) > _LARGEST:
                raise RunDamaged(path, "it holds more than any run writes")
            facts, content = checked_json(path, archive.read(FACTS), _SPLIT), archive.read(TRAIN)
    except FileNotFoundError:
        return None
    try:
        numbers = array_in(content)
    except (ValueError, EOFError, struct.error, OverflowError):
        raise RunDamaged(path, "the array in it is damaged") from None
    if numbers.dtype != np.uint64 or numbers.ndim != 1:
        raise RunDamaged(path, "its `train` must be whole numbers of 64 bits in a row")
    return Fingerprints(facts["basis"], numbers) if facts["format"] == FORMAT else None
