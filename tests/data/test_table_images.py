"""Tables that name image files, which the tests write themselves, against what Pillow reads of them."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nettool.data.failure import DataError, DataMissing
from nettool.data.field import Field
from nettool.data.load import load
from nettool.data.place import Place
from nettool.data.request import DataRequest
from nettool.data.sources.source import Contents
from nettool.data.sources.tables.table import Table, TableColumn

COLUMNS = (TableColumn("photo", ("file",), "image"), TableColumn("price", ("price",), "number"))
SIZES = {"z.png": (6, 4), "far/b.png": (6, 4), "far/c d.png": (6, 4)}


def houses(folder: Path, sizes: dict[str, tuple[int, int]] = SIZES, colour: bool = True) -> Table:
    """A table of images of noise, of these (height, width), and a price for each."""
    random = np.random.default_rng(0)
    (folder / "far").mkdir(exist_ok=True)
    rows = ["file,price"]
    for price, (name, size) in enumerate(sizes.items()):
        pixels = random.integers(0, 256, (*size, 3) if colour else size, dtype=np.uint8)
        Image.fromarray(pixels).save(folder / name)
        rows.append(f"{name},{price}")
    (folder / "houses.csv").write_text("\n".join(rows), encoding="utf-8")
    return Table("houses.csv", (("train", folder / "houses.csv"),), COLUMNS)


def contents(source: Table) -> Contents:
    return source.read(Place(), lambda _: None, progress=False)


@pytest.mark.parametrize(("colour", "channels"), [(True, 3), (False, 1)])
def test_images_are_read_from_the_files_that_the_table_names(
    tmp_path: Path, colour: bool, channels: int
) -> None:
    source = houses(tmp_path, colour=colour)
    shape = (6, 4, channels)
    assert source.statement().fields[0] == Field("photo", "image", shape, "uint8", highest=255.0)
    column = contents(source).parts["train"].columns["photo"]
    truth = np.stack([np.asarray(Image.open(tmp_path / name)) for name in SIZES]).reshape(3, *shape)
    assert column.values.shape == shape
    assert np.array_equal(column.take(np.array([2, 0])).array(), truth[[2, 0]])


def test_images_of_different_sizes_come_in_the_size_asked_for(tmp_path: Path) -> None:
    source = houses(tmp_path, {"a.png": (8, 8), "b.png": (16, 4), "c.png": (5, 9), "d.png": (8, 8)})
    assert source.statement().fields[0].shape == (None, None, 3)
    loaded = load(DataRequest(source, resize=(8, 8)), Place(), lambda _: None, progress=False)
    (first,) = np.flatnonzero(loaded.train.columns["price"].array()[:, 0] == 0)
    images = loaded.train.columns["photo"].array()
    assert images.shape == (3, 8, 8, 3)
    assert np.array_equal(images[first], np.asarray(Image.open(tmp_path / "a.png")))


def test_the_files_are_remembered_by_their_names_and_contents(tmp_path: Path) -> None:
    table, images = contents(houses(tmp_path)).files
    assert table.path == str(tmp_path / "houses.csv")
    digests = {name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in sorted(SIZES)}
    listed = "".join(f"{name}\t{digest}\n" for name, digest in digests.items())
    formerly = "".join(f"{name}\t{(tmp_path / name).stat().st_size}\n" for name in digests)
    assert images.path == f"{tmp_path / 'houses.csv'} (file)"
    assert images.checksum == f"sha256:{hashlib.sha256(listed.encode()).hexdigest()}"
    assert images.former == f"sha256:{hashlib.sha256(formerly.encode()).hexdigest()}"
    assert (images.state, images.note) == ("own", "the contents of 3 files in column `file`")


def test_what_is_done_to_images_of_several_kinds_is_told(tmp_path: Path) -> None:
    source = houses(tmp_path)
    Image.fromarray(np.zeros((6, 4), np.uint8)).save(tmp_path / "z.png")
    assert source.statement().fields[0].shape == (6, 4, 3)
    (note,) = contents(source).notes
    assert note.startswith("houses.csv has grey and colour images")


def test_a_file_that_is_not_there_is_named_with_its_line(tmp_path: Path) -> None:
    source = houses(tmp_path)
    (tmp_path / "far" / "b.png").unlink()
    with pytest.raises(DataMissing) as raised:
        source.statement()
    assert raised.value.message == f"`{tmp_path / 'houses.csv'}:3`: there is no file `far/b.png`"
    assert raised.value.details == (
        f"expected: `{tmp_path / 'far' / 'b.png'}`, as column `file` names it",
        "1 of 3 files are not there",
    )


def test_a_file_that_is_no_image_is_named(tmp_path: Path) -> None:
    source = houses(tmp_path)
    (tmp_path / "z.png").write_text("no image", encoding="utf-8")
    with pytest.raises(DataError, match=r"z\.png` is not an image"):
        source.statement()
