"""A pipe or a device in the place of data is refused at once; a sound image may be too large."""

import os
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nettool.data.builtin.reading.contents import file_contents
from nettool.data.failure import DataError
from nettool.data.formats.checksums import file_checksum
from nettool.data.images import decoding, image_files
from nettool.data.images.decode_image import decode_image
from nettool.data.images.image_header import read_header
from nettool.data.sources.arrays.array_files import ArrayFiles
from nettool.data.sources.folders.image_folder import ImageFolder
from nettool.data.sources.tables.table import Table, TableColumn

READS: dict[str, Callable[[Path], object]] = {
    "a.csv": lambda path: Table("t", (("train", path),), (TableColumn("x", ("x",), "number"),)).statement(),
    "a.npz": lambda path: ArrayFiles("a", (("train", (("", path),)),)).statement(),
    "a.npy": lambda path: ArrayFiles("a", (("train", (("x", path),)),)).statement(),
    "a.zip": lambda path: ImageFolder("a", path).statement(),
    "a.tar.gz": lambda path: ImageFolder("a", path).statement(),
    "header.png": lambda path: read_header(str(path), str(path)),
    "pixels.png": lambda path: decode_image(str(path), 3),
    "images.gz": lambda path: list(file_contents([path])),
}


@pytest.mark.parametrize("name", READS)
def test_a_pipe_is_not_waited_for_and_a_device_is_not_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    os.mkfifo(path)
    with pytest.raises(DataError) as told:
        READS[name](path)
    assert told.value.message == f"`{path}` cannot be read: it is a pipe"
    path.unlink()
    path.symlink_to("/dev/zero")
    with pytest.raises(DataError) as told:
        READS[name](path)
    assert told.value.message == f"`{path}` cannot be read: it is a device"


def test_a_pipe_has_no_checksum(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="it is a pipe"):
        file_checksum(tmp_path / "pipe")


def test_a_sound_image_can_be_too_large_and_one_that_is_not_is_read_without_a_warning(tmp_path: Path) -> None:
    huge, large = str(tmp_path / "huge.png"), str(tmp_path / "large.png")
    Image.new("1", (20_000, 20_000)).save(huge)
    Image.new("1", (11_000, 11_000), 1).save(large)
    for read in (lambda: read_header(huge, huge), lambda: decode_image(huge, 1)):
        with pytest.raises(DataError) as told:
            read()
        assert told.value.message == f"`{huge}` is too large: it has 20,000×20,000 pixels"
        assert told.value.details == ("expected: at most 179 million pixels: make it smaller",)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_header(large, large).width == 11_000
        assert np.all(decode_image(large, 1) == 255)


def test_images_that_become_pipes_while_a_training_reads_them_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where processes decode them, and where they are decoded anew each time."""
    monkeypatch.setattr(image_files, "kept_images", lambda *_: None)
    monkeypatch.setattr(decoding, "WORTH_PROCESSES", 1)
    paths = [str(tmp_path / f"{number}.png") for number in range(300)]
    for path in paths:
        Image.new("RGB", (4, 4)).save(path)
    files = image_files.ImageFiles(paths, (4, 4, 3))
    rows = np.arange(len(paths))
    assert files.read(rows).shape == (300, 4, 4, 3)
    for path in paths:
        Path(path).unlink()
        os.mkfifo(path)
    with pytest.raises(DataError, match=r"`.*\.png` cannot be read: it is a pipe"):
        files.read(rows)
