"""The gallery's own tables are what the comments beside them say."""

import csv
import random
from pathlib import Path

import pytest

CONFIGS = Path(__file__).parents[2] / "configs"


def table(name: str) -> list[list[str]]:
    with (CONFIGS / "data" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_the_irises_are_those_of_scikit_learn() -> None:
    from sklearn.datasets import load_iris

    published = load_iris()
    (*_, last), *rows = table("iris.csv")
    assert last == "species"
    assert [[float(number) for number in row[:4]] for row in rows] == published.data.tolist()
    assert [row[4] for row in rows] == published.target_names[published.target].tolist()


def test_the_beads_are_made_as_the_comment_says() -> None:
    comment = [line[6:] for line in (CONFIGS / "beads.yaml").read_text().splitlines() if line[:6] == "#     "]
    made: list[list[str]] = [["beads", "first"]]

    class Table:
        writerow = staticmethod(made.append)

    exec("\n".join(comment), {"random": random, "table": Table})
    assert made == table("beads.csv")


@pytest.mark.parametrize("path", sorted((CONFIGS / "data").iterdir()), ids=lambda path: path.name)
def test_a_table_is_small_and_used(path: Path) -> None:
    assert path.stat().st_size < 50_000
    assert any(f"data/{path.name}" in spec.read_text(encoding="utf-8") for spec in CONFIGS.glob("*.yaml"))
