"""Tables against what Python's csv module and NumPy read of the same files."""

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nettool.data.failure import DataError, DataMissing
from nettool.data.field import Field
from nettool.data.place import Place
from nettool.data.sources.source import Contents
from nettool.data.sources.tables.table import Table, TableColumn

HOUSES = [
    ["rooms", "area", "age", "town", "price"],
    ["3", "71.5", "12", "Riga", "1.5e5"],
    ["2", "-40", "0.25", "Oslo", "99000"],
    ["5", "120", "100", "Riga", "310000.75"],
]
FEATURES = TableColumn("features", ("rooms", "area", "age"), "number")
PRICE = TableColumn("price", ("price",), "number")
TOWN = TableColumn("town", ("town",), "label")


def written(path: Path, rows: list[list[str]], **form: str) -> Path:
    with path.open("w", encoding=form.pop("encoding", "utf-8"), newline="") as stream:
        csv.writer(stream, **form).writerows(rows)  # type: ignore[arg-type]
    return path


def table(*paths: Path, columns: tuple[TableColumn, ...] = (FEATURES, PRICE, TOWN)) -> Table:
    parts = zip(("train", "validation", "test"), paths, strict=False)
    return Table(paths[0].name, tuple(parts), columns)  # type: ignore[arg-type]


def contents(source: Table) -> Contents:
    return source.read(Place(), lambda _: None, progress=False)


def refused(source: Table, read: bool = False) -> DataError:
    with pytest.raises(DataError) as raised:
        contents(source) if read else source.statement()
    return raised.value


def column_table(path: Path, text: str, kind: str) -> Table:
    """A table with one column, named `it`, of this kind."""
    path.write_text(text, encoding="utf-8")
    return table(path, columns=(TableColumn("x", ("it",), kind),))  # type: ignore[arg-type]


def test_a_table_states_its_fields_classes_and_counts(tmp_path: Path) -> None:
    train = written(tmp_path / "train.csv", HOUSES)
    test = written(tmp_path / "test.csv", HOUSES[:2])
    statement = Table("t", (("train", train), ("test", test)), (FEATURES, PRICE, TOWN)).statement()
    assert statement.fields == (
        Field("features", "vector", (3,), "float64"),
        Field("price", "vector", (1,), "float64"),
        Field("town", "label", (), "int64", classes=("Oslo", "Riga")),
    )
    assert statement.counts == {"train": 3, "test": 1}


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"delimiter": ";"},
        {"delimiter": "\t"},
        {"quoting": csv.QUOTE_ALL},
        {"encoding": "utf-8-sig", "delimiter": ";"},
        {"lineterminator": "\r"},
        {"lineterminator": "\n\n"},
    ],
    ids=str,
)
def test_any_usual_form_gives_the_same_columns(tmp_path: Path, form: dict[str, str]) -> None:
    part = contents(table(written(tmp_path / "houses.csv", HOUSES, **dict(form)))).parts["train"]
    truth = np.array([row[:3] for row in HOUSES[1:]]).astype(np.float64)
    prices = np.array([row[4:] for row in HOUSES[1:]]).astype(np.float64)
    features, price, town = (part.columns[name].array() for name in ("features", "price", "town"))
    assert (features.dtype, features.tolist()) == (np.float64, truth.tolist())
    assert (price.shape, price.tolist()) == ((3, 1), prices.tolist())
    assert (town.dtype, town.tolist()) == (np.int64, [1, 0, 1])


def test_true_and_false_are_one_and_zero(tmp_path: Path) -> None:
    source = column_table(tmp_path / "t.csv", "it\nTrue\nfalse\n TRUE\n0\n2.5\n", "number")
    assert contents(source).parts["train"].columns["x"].array().tolist() == [[1], [0], [1], [0], [2.5]]


def test_numbers_far_from_zero_keep_their_differences(tmp_path: Path) -> None:
    source = column_table(tmp_path / "t.csv", "it\n1700000000.25\n1700000001.5\n", "number")
    assert contents(source).parts["train"].columns["x"].array().tolist() == [[1700000000.25], [1700000001.5]]


def test_cells_may_have_blanks_around_them_and_hold_delimiters_and_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text('\n name , "value"\n\n "a, ""b""\nc", 1\n plain,2.5 \n', encoding="utf-8")
    columns = (TableColumn("name", ("name",), "label"), TableColumn("value", ("value",), "number"))
    source = table(path, columns=columns)
    assert source.statement().fields[0].classes == ('a, "b"\nc', "plain")
    assert contents(source).parts["train"].columns["value"].array().tolist() == [[1.0], [2.5]]


@pytest.mark.parametrize(
    ("cells", "classes"),
    [
        (["cat", "Dog", "ant"], ("Dog", "ant", "cat")),
        (["10", "9", "-1", "9"], ("-1", "9", "10")),
        (["2.0", "1", "1.", "1.0"], ("1", "2")),
        (["02", "03", "10"], ("2", "3", "10")),
        (["007", "7", "7.0", "20"], ("007", "7", "20")),
        (["1E2", "100", "2E1", "20", "007", "7"], ("007", "7", "20", "2E1", "100", "1E2")),
        (["1", "10", "9", "none"], ("1", "10", "9", "none")),
        (["9007199254740993", "9007199254740992"], ("9007199254740992", "9007199254740993")),
        (["1_0", "9"], ("1_0", "9")),
        (["nan", "1.5"], ("1.5", "nan")),
    ],
)
def test_classes_are_words_by_the_alphabet_or_whole_numbers_by_size(
    tmp_path: Path, cells: list[str], classes: tuple[str, ...]
) -> None:
    source = column_table(tmp_path / "t.csv", "\n".join(["it", *cells]), "label")
    assert source.statement().fields[0].classes == classes


def test_the_classes_are_those_of_all_parts_together(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.csv" for name in ("train", "validation", "test")]
    for path, words in zip(paths, ("b a d c", "d b", "c a"), strict=True):
        path.write_text("\n".join(["town", *words.split()]), encoding="utf-8")
    source = table(*paths, columns=(TOWN,))
    parts = contents(source).parts
    assert source.statement().fields[0].classes == ("a", "b", "c", "d")
    assert {part: parts[part].columns["town"].array().tolist() for part in parts} == {
        "train": [1, 0, 3, 2],
        "validation": [3, 1],
        "test": [2, 0],
    }


def test_sequences_are_of_any_length(tmp_path: Path) -> None:
    source = column_table(tmp_path / "t.csv", "it\n5 6\n 7  8 9 \n-1\n", "sequence")
    assert source.statement().fields == (Field("x", "sequence", (None,), "int32", highest=9.0),)
    column = contents(source).parts["train"].columns["x"]
    assert column.values.dtype == np.int32
    assert column.array().tolist() == [[5, 6, 0], [7, 8, 9], [-1, 0, 0]]
    assert column.take(np.array([2, 0])).array().tolist() == [[-1, 0], [5, 6]]


def test_it_is_told_when_sequences_hold_the_number_that_fills_them_up(tmp_path: Path) -> None:
    source = column_table(tmp_path / "t.csv", "it\n5 0 6\n7\n", "sequence")
    told = f"sequences in column `it` of {tmp_path / 't.csv'} hold 0, which is also what shorter sequences are filled up with"
    assert contents(source).notes == (told,)


def test_each_file_is_remembered_once_with_its_checksum(tmp_path: Path) -> None:
    path = column_table(tmp_path / "t.csv", "it\na\nb\n", "label").parts[0][1]
    both = Table("t", (("train", path), ("test", path)), (TableColumn("x", ("it",), "label"),))
    (file,) = contents(both).files
    sums = subprocess.run(["sha256sum", str(path)], capture_output=True, text=True, check=True)
    assert (file.path, file.checksum, file.state) == (str(path), f"sha256:{sums.stdout.split()[0]}", "own")


def test_the_facts_are_the_keys_that_name_the_table() -> None:
    columns = (FEATURES, PRICE, TOWN)
    one, two = Path("/d/houses.csv"), Path("/d/test.csv")
    written_columns = {
        "features": ["rooms", "area", "age"],
        "price": "price",
        "town": {"column": "town", "as": "label"},
    }
    assert Table("t", (("train", one),), columns).facts() == {"table": str(one), "columns": written_columns}
    assert Table("t", (("train", one), ("test", two)), columns).facts() == {
        "table": {"train": str(one), "test": str(two)},
        "columns": written_columns,
    }


def test_a_file_is_read_once_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nettool.data.sources.tables import table as module

    read: list[Path] = []
    rows = module.csv_rows
    monkeypatch.setattr(module, "csv_rows", lambda path: read.append(path) or rows(path))
    source = column_table(tmp_path / "t.csv", "it\na\n", "label")
    assert source.statement() == source.statement()
    contents(source)
    assert len(read) == 1
    changed = column_table(tmp_path / "t.csv", "it\na\nb\n", "label")
    assert changed.statement().counts == {"train": 2}
    assert len(read) == 2


def test_a_table_is_stated_without_numpy(tmp_path: Path) -> None:
    path = written(tmp_path / "houses.csv", HOUSES)
    program = (
        "import sys; from pathlib import Path; from nettool.data.sources.tables.table import Table, TableColumn\n"
        f"Table('t', (('train', Path({str(path)!r})),), (TableColumn('p', ('price',), 'number'),)).statement()\n"
        "print('numpy' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "False"


def test_a_table_that_is_not_there_is_missing(tmp_path: Path) -> None:
    error = refused(table(tmp_path / "none.csv"))
    assert isinstance(error, DataMissing)
    assert error.message == f"`{tmp_path / 'none.csv'}` is not there"


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    assert refused(table(tmp_path)).message == f"`{tmp_path}` cannot be read: it is a folder"


CELLS = {
    "number": {
        "abc": (
            "`{file}:3`: `abc` in column `it` is not a number",
            "expected: a number such as 3.5, of digits and a point alone",
        ),
        '"3,25"': (
            "`{file}:3`: `3,25` in column `it` is not a number",
            "expected: a number such as 3.25, with a point",
        ),
        '"1,265"': (
            "`{file}:3`: `1,265` in column `it` is not a number",
            "expected: 1265, without the comma that parts thousands; if the comma is a decimal comma, 1.265",
        ),
        '"1,265,000.5"': (
            "`{file}:3`: `1,265,000.5` in column `it` is not a number",
            "expected: 1265000.5, without the comma that parts thousands",
        ),
        '"0,265"': (
            "`{file}:3`: `0,265` in column `it` is not a number",
            "expected: a number such as 0.265, with a point",
        ),
        "12.5 %": ("`{file}:3`: `12.5 %` in column `it` is not a number", "expected: 12.5, without the sign"),
        "1_000": (
            "`{file}:3`: `1_000` in column `it` is not a number",
            "expected: a number such as 3.5, of digits and a point alone",
        ),
        "0x10": (
            "`{file}:3`: `0x10` in column `it` is not a number",
            "expected: a number such as 3.5, of digits and a point alone",
        ),
        "nan": (
            "`{file}:3`: `nan` in column `it` is not a finite number",
            "expected: a number in each row; leave out the rows that lack one",
        ),
        "-inf": (
            "`{file}:3`: `-inf` in column `it` is not a finite number",
            "expected: a number in each row; leave out the rows that lack one",
        ),
        "1e39": (
            "`{file}:3`: `1e39` in column `it` is too large",
            "expected: a number that float32 can hold, up to 3.4e38",
        ),
        '""': (
            "`{file}:3`: the cell of column `it` is empty",
            "expected: a value in each row; leave out the rows that lack one",
        ),
        "9" * 50 + "x": (
            "`{file}:3`: `" + "9" * 39 + "…` in column `it` is not a number",
            "expected: a number such as 3.5, of digits and a point alone",
        ),
    },
    "label": {
        '" "': (
            "`{file}:3`: the cell of column `it` is empty",
            "expected: a value in each row; leave out the rows that lack one",
        ),
        "0.5": (
            "`{file}:3`: `0.5` in column `it` is not a class",
            "expected: words or whole numbers; without `as: label` the column is one of numbers",
        ),
    },
    "sequence": {
        "4 a7 5": (
            "`{file}:3`: `a7` in column `it` is not a whole number",
            "expected: whole numbers separated by spaces, from -2,147,483,648 to 2,147,483,647",
        ),
        "4 5.0": (
            "`{file}:3`: `5.0` in column `it` is not a whole number",
            "expected: whole numbers separated by spaces, from -2,147,483,648 to 2,147,483,647",
        ),
        "2147483648": (
            "`{file}:3`: `2147483648` in column `it` is not a whole number",
            "expected: whole numbers separated by spaces, from -2,147,483,648 to 2,147,483,647",
        ),
        '""': (
            "`{file}:3`: the cell of column `it` is empty",
            "expected: a value in each row; leave out the rows that lack one",
        ),
    },
}


@pytest.mark.parametrize(
    ("kind", "cell", "told"),
    [(kind, cell, told) for kind, cells in CELLS.items() for cell, told in cells.items()],
)
def test_a_cell_that_cannot_be_used_is_named_with_its_line_and_column(
    tmp_path: Path, kind: str, cell: str, told: tuple[str, str]
) -> None:
    path = tmp_path / "t.csv"
    error = refused(column_table(path, f"it,other\n1,x\n{cell},y\n2,z\n", kind))
    assert (error.message, *error.details) == (told[0].format(file=path), told[1])


ROWS = {
    "": ("`{file}` is empty", "expected: a first line that names the columns"),
    "\n\n": ("`{file}` is empty", "expected: a first line that names the columns"),
    "it,b\n": ("`{file}` has no rows below its header", "expected: one for each sample"),
    "it,b,it\n1,2,3\n": ("`{file}:1` names the column `it` 2 times",),
    "it,b\n1,2\n\n3\n": (
        "`{file}:4` has 1 cell, but the header names 2 columns",
        "cells are parted by commas; one that holds any must be in double quotes",
    ),
    "it;b\n1;2\n3;4;5\n": (
        "`{file}:3` has 3 cells, but the header names 2 columns",
        "cells are parted by semicolons; one that holds any must be in double quotes",
    ),
    'it,b\n"1\n",2\n3\n': (
        "`{file}:4` has 1 cell, but the header names 2 columns",
        "cells are parted by commas; one that holds any must be in double quotes",
    ),
    'it,b\n1,2\n3,"4\n5,6\n': (
        "the row at `{file}:3` cannot be read: unexpected end of data",
        "a double quote inside a quoted cell is written twice",
    ),
    "its,b\n1,2\n": (
        "`{file}:1` has no column `it`",
        "did you mean `its`?",
        "its columns are `its`, `b`",
    ),
    "5.1,3.5\n1,2\n": ("`{file}:1` has no column `it`", "its columns are `5.1`, `3.5`"),
}


@pytest.mark.parametrize(("text", "told"), ROWS.items())
def test_a_table_that_is_none_is_told_with_its_line(tmp_path: Path, text: str, told: tuple[str, ...]) -> None:
    path = tmp_path / "t.csv"
    error = refused(column_table(path, text, "number"))
    assert (error.message, *error.details) == (told[0].format(file=path), *told[1:])


@pytest.mark.parametrize(
    ("stored", "line"),
    [("it\nOslo\nMálaga\n".encode("latin-1"), 3), ("it\nOslo\n".encode("utf-16"), 1)],
)
def test_a_table_in_another_encoding_is_told_with_its_line(tmp_path: Path, stored: bytes, line: int) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(stored)
    error = refused(table(path, columns=(TableColumn("x", ("it",), "label"),)))
    assert error.message == f"`{path}:{line}` is not UTF-8"


def test_a_class_without_a_training_sample_is_refused_when_it_is_read(tmp_path: Path) -> None:
    train, test = tmp_path / "train.csv", tmp_path / "test.csv"
    train.write_text("town\nRiga\nOslo\n", encoding="utf-8")
    test.write_text("town\nOslo\nBonn\nKyiv\n", encoding="utf-8")
    source = Table("t", (("train", train), ("test", test)), (TOWN,))
    assert source.statement().fields[0].classes == ("Bonn", "Kyiv", "Oslo", "Riga")
    error = refused(source, read=True)
    assert error.message == f"`{test}:3`: the training set has no sample of the classes `Bonn`, `Kyiv`"
    assert error.details == (f"expected: every class of the test set in column `town` of `{train}`, too",)
