"""Where it is not known which samples a run was trained on, a note says when a set may hold some of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from blank_pictures import blank_pictures
from command_line import run as nettool

pytestmark = pytest.mark.keras

SPEC = """\
name: rows
data: {table: TABLE, columns: {x: [x, y], k: {column: k, as: label}}}
inputs: {x: [2]}
nodes: {k: {layer: Dense, units: 2, activation: softmax}}
outputs: [k]
losses: {k: categorical_crossentropy}
train: {epochs: 1, batch_size: 32}
"""
HEAD = "x,y,k\n"
ROWS = [
    f"{number * 7 % 31 / 31:.3f},{number * 11 % 17 / 17:.3f},{'ab'[number % 3 == 0]}\n"
    for number in range(60)
]
MORE = [f"{number / 40:.3f},-1,{'ab'[number % 2]}\n" for number in range(40)]
CHANGED = "{} is not the file that was trained on (its checksum differs)"
MIXED = "; the {} set may hold samples of the training"
SAME = "{} is a file of the run's own data (its checksum is the same)" + MIXED.format("test")
DIVIDED = "`data.{}` is not what it was for the training" + MIXED.format("test")


def write(name: str, rows: list[str]) -> Callable[[], None]:
    return lambda: Path(name).write_text(HEAD + "".join(rows), encoding="utf-8") and None


def nothing() -> None:
    """Leave the files as they are."""


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs of one table, `one`, and of a table with a test part of its own, `two`; neither has a split.npz."""
    folder = tmp_path_factory.mktemp("trained")
    for name, table in (("one", "rows.csv"), ("two", "{train: rows.csv, test: test.csv}")):
        (folder / f"{name}.yaml").write_text(SPEC.replace("TABLE", table), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        blank_pictures(patch)
        write("test.csv", MORE)()
        write("rows.csv", ROWS)()
        for name in ("one", "two"):
            ended = nettool("train", f"{name}.yaml", "--name", name, "--quiet")
            assert ended.code == 0, ended.err
            (split,) = folder.glob(f"runs/{name}/2*/split.npz")
            split.unlink()  # as in a run of an earlier version, or one of too many samples
    return folder


GROWN, SHUFFLED, SHRUNK = [*ROWS, *MORE], ROWS[::-1], ROWS[:-20]
OTHER = "--set", "data.table=other.csv"
TRIES: dict[str, tuple[str, Callable[[], None], tuple[str, ...], str | None]] = {
    "as it was": ("one", nothing, (), None),
    "grown": ("one", write("rows.csv", GROWN), (), CHANGED.format("rows.csv") + MIXED.format("test")),
    "shuffled": ("one", write("rows.csv", SHUFFLED), (), CHANGED.format("rows.csv") + MIXED.format("test")),
    "shrunk": ("one", write("rows.csv", SHRUNK), (), CHANGED.format("rows.csv") + MIXED.format("test")),
    "validation of the grown": (
        "one",
        write("rows.csv", GROWN),
        ("--part", "validation"),
        CHANGED.format("rows.csv") + MIXED.format("validation"),
    ),
    "training of the grown": ("one", write("rows.csv", GROWN), ("--part", "train"), CHANGED.format("rows.csv")),
    "a larger test part": ("one", nothing, ("--set", "data.test_split=0.5"), DIVIDED.format("test_split")),
    "fewer samples": ("one", nothing, ("--set", "data.limit=30"), DIVIDED.format("limit")),
    "a copy": ("one", write("other.csv", ROWS), OTHER, SAME.format("other.csv")),
    "other rows": ("one", write("other.csv", MORE), OTHER, None),
    "the table as a test part": (
        "one",
        nothing,
        ("--set", "data.table={train: rows.csv, test: rows.csv}"),
        SAME.format("rows.csv"),
    ),
    "a test part of its own": ("two", nothing, (), None),
    "fewer samples of it": ("two", nothing, ("--set", "data.limit=30"), None),
    "it has grown": ("two", write("test.csv", GROWN), (), CHANGED.format("test.csv") + MIXED.format("test")),
    "its validation part": (
        "two",
        write("rows.csv", GROWN),
        ("--part", "validation"),
        CHANGED.format("rows.csv") + MIXED.format("validation"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", TRIES)
def test_samples_of_the_training_are_told(kind: str, trained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, change, arguments, note = TRIES[kind]
    monkeypatch.chdir(trained)
    write("rows.csv", ROWS)()
    write("test.csv", MORE)()
    change()
    ended = nettool("evaluate", name, *arguments)
    assert ended.code == 0, ended.err
    told = [
        line
        for line in ended.err.splitlines()
        if "become the test set" not in line and "measured" not in line
    ]
    told += [line for line in ended.err.splitlines() if "what is measured" in line]
    assert told == ([] if note is None else [f"note: {note}"])
