"""Samples are known again by their values: in any order, from any file, on any machine."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from small_images import folder_of, picture, write

from nettool.data.column import Column, Part
from nettool.data.field import Field
from nettool.data.load import load
from nettool.data.place import Place
from nettool.data.request import DataRequest
from nettool.data.sources.folders.image_folder import ImageFolder
from nettool.data.sources.tables.table import Table, TableColumn
from nettool.data.values import fingerprints as module
from nettool.data.values.fingerprints import fingerprints
from nettool.data.values.lazy_values import sequences_of_lengths

WORD = 2**64
VECTOR = Field("x", "vector", (3,), "float64")
BYTES = Field("x", "image", (2, 3, 1), "uint8", highest=255.0)
TOKENS = Field("x", "sequence", (None,), "int64")
LABEL = Field("y", "label", (), "int64")


def numbers(field: Field, values: object) -> list[int]:
    column = values if isinstance(values, Column) else Column(np.asarray(values))
    found = fingerprints(Part({field.name: column}), [field])
    assert found is not None
    assert found.basis == {field.name: "values"}
    return found.numbers.tolist()


def split_mix(number: int) -> int:
    """The output of SplitMix64 for a state, as Steele, Lea and Flood give it."""
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 % WORD
    number = (number ^ number >> 27) * 0x94D049BB133111EB % WORD
    return number ^ number >> 31


def by_hand(content: bytes) -> int:
    golden = 0x9E3779B97F4A7C15
    content += bytes(-len(content) % 8)
    words = [int.from_bytes(content[place : place + 8], "little") for place in range(0, len(content), 8)]
    total = sum(split_mix((word + golden * place) % WORD) for place, word in enumerate(words, 1) if word)
    return split_mix((total + golden) % WORD)


def test_they_are_the_same_on_every_machine() -> None:
    # The first output of SplitMix64 from the state 0, which is published.
    assert split_mix(0x9E3779B97F4A7C15) == 0xE220A8397B1DCDAF
    row = np.array([1.5, -2.0, 0.1], "<f4")
    assert numbers(VECTOR, [[1.5, -2.0, 0.1]]) == [by_hand(row.tobytes())]
    pixels = np.array([0, 200, 3, 255, 9, 1], np.uint8)
    assert numbers(BYTES, pixels.reshape(1, 2, 3, 1)) == [by_hand(pixels.tobytes())]
    tokens = np.array([[7, 0, 9, 0]], "<i8")
    assert numbers(TOKENS, tokens) == [by_hand(tokens.tobytes())]


def test_numbers_are_the_same_in_a_table_and_in_an_array_of_any_type() -> None:
    table = np.array([[1.288, 1e-7, -3.0], [0.0, 5.0, 1.0]])
    expected = numbers(VECTOR, table)
    assert numbers(VECTOR, table.astype(np.float32)) == expected
    assert numbers(VECTOR, table.astype(">f8")) == expected
    assert numbers(VECTOR, np.asfortranarray(table)) == expected
    assert numbers(VECTOR, [[1.288, 1e-7, -3.0], [-0.0, 5.0, 1.0]]) == expected
    assert numbers(VECTOR, [[3, 5, 250]]) == numbers(VECTOR, np.array([[3, 5, 250]], np.uint8))
    assert len({*expected, *numbers(VECTOR, table + 1e-3), *numbers(VECTOR, table[:, ::-1])}) == 6


def test_images_are_the_same_in_bytes_in_fractions_and_in_16_bits() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (40, 2, 3, 1)).astype(np.uint8)
    expected = numbers(BYTES, pixels)
    assert len(set(expected)) == 40
    fractions = Field("x", "image", (2, 3, 1), "float32", highest=1.0)
    wide = Field("x", "image", (2, 3, 1), "uint16", highest=65_535.0)
    assert numbers(fractions, (pixels / 255).astype(np.float32)) == expected
    assert numbers(fractions, pixels / 255) == expected
    assert numbers(wide, pixels.astype(np.uint16) * 257) == expected
    assert set(numbers(wide, pixels.astype(np.uint16) * 257 + 1)).isdisjoint(expected)


def test_sequences_are_the_same_however_they_are_filled_up(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[5, 6], [7], [1, 2, 3, 4, 5], [], [6, 5], [5, 0, 6]]
    flat = Column(sequences_of_lengths(np.concatenate(rows).astype(np.int64), np.array(list(map(len, rows)))))
    expected = numbers(TOKENS, flat)
    assert len(set(expected)) == 6
    for width in (5, 9):
        filled = np.array([row + [0] * (width - len(row)) for row in rows], np.uint16)
        assert numbers(TOKENS, filled) == expected
    order = np.array([4, 2, 2, 0])
    assert numbers(TOKENS, flat.take(order)) == [expected[row] for row in order]
    monkeypatch.setattr(module, "_AT_ONCE", 1)
    monkeypatch.setattr(module, "_MOST_NUMBERS", 1)
    assert numbers(TOKENS, flat) == expected


def test_they_follow_the_samples_and_not_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    table = np.random.default_rng(1).normal(size=(1000, 3))
    whole = numbers(VECTOR, table)
    order = np.random.default_rng(2).permutation(1000)[:300]
    assert numbers(VECTOR, table[order]) == numbers(VECTOR, Column(table).take(order))
    assert numbers(VECTOR, table[order]) == [whole[row] for row in order]
    monkeypatch.setattr(module, "_AT_ONCE", 100)
    assert numbers(VECTOR, table) == whole


@pytest.mark.parametrize("kind", ["vector", "sequence"])
def test_as_many_are_different_as_numpy_finds_different_rows(kind: str) -> None:
    table = np.random.default_rng(3).integers(1, 60, (100_000, 3))
    field = Field("x", kind, (3,) if kind == "vector" else (None,), "int64")  # type: ignore[arg-type]
    assert len(set(numbers(field, table))) == len(np.unique(table, axis=0))


def test_every_field_counts_and_its_place() -> None:
    x, y = Column(np.array([[1.0], [1.0], [2.0], [2.0]])), Column(np.array([0, 1, 0, 1]))
    field = Field("x", "vector", (1,), "float64")
    found = fingerprints(Part({"x": x, "y": y}), [field, LABEL])
    turned = fingerprints(Part({"x": x, "y": y}), [LABEL, field])
    assert found is not None
    assert turned is not None
    assert len({*found.numbers.tolist(), *turned.numbers.tolist()}) == 8


def test_there_are_none_of_more_values_than_can_be_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    part = Part({"x": Column(np.ones((10, 3)))})
    monkeypatch.setattr(module, "_MOST_BYTES", 240)
    assert fingerprints(part, [VECTOR]) is not None
    monkeypatch.setattr(module, "_MOST_BYTES", 239)
    assert fingerprints(part, [VECTOR]) is None
    monkeypatch.undo()
    monkeypatch.setattr(module, "MOST_SAMPLES", 9)
    assert fingerprints(part, [VECTOR]) is None


def of_folder(path: Path, **changes: object) -> tuple[set[str], set[int]]:
    """What the fingerprints of all images of a folder were made of, and the fingerprints."""
    request = DataRequest(ImageFolder("pets", path), **changes)  # type: ignore[arg-type]
    loaded = load(request, Place(), lambda _: None, progress=False)
    fields = [field for field in loaded.fields if field.name == "image"]
    found = [fingerprints(part, fields) for part in (loaded.train, loaded.test)]
    basis = {each.basis["image"] for each in found if each is not None}
    return set(basis), {number for each in found if each is not None for number in each.numbers.tolist()}


@pytest.mark.parametrize("packed", [False, True])
def test_image_files_are_known_by_their_contents_whatever_they_are_called(
    tmp_path: Path, packed: bool
) -> None:
    folder = folder_of(tmp_path / "pets", {"cat": 5, "dog": 5})

    def found(**changes: object) -> tuple[set[str], set[int]]:
        place = folder
        if packed:
            place = Path(
                shutil.make_archive(str(tmp_path / f"{len(list(tmp_path.iterdir()))}"), "zip", folder)
            )
        return of_folder(place, **changes)

    basis, before = found()
    assert (basis, len(before)) == ({"files"}, 10)
    for number, path in enumerate(sorted(folder.rglob("*.png"))):
        path.rename(path.with_name(f"renamed_{number:02}.png"))
    # What is done to the images is of the run, and the same for all of its data.
    assert found(resize=(6, 5), channels=1) == ({"files"}, before)
    write(folder / "cat" / "renamed_00.png", picture(999))
    after = found()[1]
    assert (len(after), len(after & before)) == (10, 9)


def test_images_that_a_table_names_are_known_by_their_contents(tmp_path: Path) -> None:
    folder_of(tmp_path / "pets", {"cat": 3, "dog": 3})
    names = [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*.png"))]
    rows = [f"{name},{name.split('/')[1]}" for name in names]
    (tmp_path / "t.csv").write_text("\n".join(["image,kind", *rows, ""]))
    columns = (TableColumn("image", ("image",), "image"), TableColumn("label", ("kind",), "label"))
    request = DataRequest(Table("t.csv", (("train", tmp_path / "t.csv"),), columns), test_split=0.34)
    loaded = load(request, Place(), lambda _: None, progress=False)
    field = next(each for each in loaded.fields if each.name == "image")
    found = [fingerprints(part, [field]) for part in (loaded.train, loaded.test)]
    of_table = {number for each in found if each is not None for number in each.numbers.tolist()}
    assert of_folder(tmp_path / "pets") == ({"files"}, of_table)
