"""split.npz: what is written is read again, NumPy opens it, and what is damaged is named."""

import io
import json
import os
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from nettool.data.values.fingerprints import MOST_SAMPLES, Fingerprints
from nettool.record.files.split_file import read_split, split_path, write_split
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory

NUMBERS = np.array([2**64 - 1, 0, 7, 7, 2**63], np.uint64)
WRITTEN = Fingerprints({"x": "values", "image": "files"}, NUMBERS)
FACTS = {"format": 1, "basis": {"x": "values"}}


def npy(values: object) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.asarray(values))
    return buffer.getvalue()


def write(run: RunDirectory, facts: object = FACTS, array: bytes | None = npy(NUMBERS)) -> None:
    with ZipFile(split_path(run), "w") as archive:
        archive.writestr("split.json", json.dumps(facts))
        if array is not None:
            archive.writestr("train.npy", array)


def test_it_is_read_again_and_numpy_opens_it(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    assert read_split(run) is None
    write_split(run, WRITTEN)
    found = read_split(run)
    assert found is not None
    assert found.basis == WRITTEN.basis
    assert found.numbers.tolist() == sorted(NUMBERS.tolist())
    assert np.load(tmp_path / "split.npz")["train"].tolist() == sorted(NUMBERS.tolist())


def test_one_of_a_later_version_says_nothing(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    write(run, {**FACTS, "format": 2, "more": True})
    assert read_split(run) is None


@pytest.mark.parametrize(
    "facts", [None, [], {}, {"format": 1}, {"format": "1", "basis": {}}, {"format": 1, "basis": {"x": 3}}]
)
def test_other_facts_are_named(tmp_path: Path, facts: object) -> None:
    write(RunDirectory(tmp_path), facts)
    with pytest.raises(RunDamaged, match=r"split\.npz is damaged: "):
        read_split(RunDirectory(tmp_path))


@pytest.mark.parametrize(
    "array",
    [
        None,
        b"",
        npy(NUMBERS)[:-3],
        npy(NUMBERS.astype(float)),
        npy(NUMBERS.reshape(1, -1)),
        npy(np.zeros((), np.uint64)),
        npy(["a"]),
        npy(NUMBERS).replace(b"(5,)", b"(9" + b"9" * 20 + b",)"),
    ],
)
def test_other_arrays_are_named(tmp_path: Path, array: bytes | None) -> None:
    write(RunDirectory(tmp_path), array=array)
    with pytest.raises(RunDamaged, match=r"split\.npz is damaged: "):
        read_split(RunDirectory(tmp_path))


def test_every_cut_and_every_other_byte_of_the_numbers_is_named(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    write_split(run, WRITTEN)
    sound = split_path(run).read_bytes()
    place = sound.index(np.array([7], "<u8").tobytes())
    altered = [sound[:length] for length in range(0, len(sound), 7)]
    altered += [sound[:at] + bytes([sound[at] ^ 255]) + sound[at + 1 :] for at in range(place, place + 8)]
    for content in altered:
        split_path(run).write_bytes(content)
        with pytest.raises(RunDamaged, match=r"split\.npz is damaged: "):
            read_split(run)


def test_what_is_no_file_or_more_than_any_run_writes_is_refused_at_once(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    write(run, array=npy(np.zeros(MOST_SAMPLES + 50_000, np.uint64)))
    with pytest.raises(RunDamaged, match="more than any run writes"):
        read_split(run)
    for make in (os.mkfifo, os.mkdir):
        split_path(run).unlink()
        make(split_path(run))
        with pytest.raises(RunDamaged):
            read_split(run)
