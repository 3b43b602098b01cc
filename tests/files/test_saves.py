"""Files are looked at again when they are saved, however an editor does that."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nettool.files.watch import saves


class Enough(Exception):
    """There is nothing more to do at a pause."""


def seen(paths: list[Path], *steps: Callable[[], object]) -> list[tuple[str, ...]]:
    """The names of what was saved, when each step happens in a pause of its own and two quiet ones follow."""
    rest: Iterator[Callable[[], object]] = iter([*steps, *[lambda: None] * 8])

    def pause() -> None:
        step = next(rest, None)
        if step is None:
            raise Enough
        step()

    found: list[tuple[str, ...]] = []
    with pytest.raises(Enough):
        found.extend(tuple(path.name for path in each) for each in saves(paths, pause))
    return found


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for path in paths:
        path.write_text("x: 1\n")
    return paths


def test_nothing_is_seen_while_nothing_is_saved(paths: list[Path]) -> None:
    assert seen(paths) == []


def test_what_is_written_is_seen_when_it_is_whole(paths: list[Path]) -> None:
    first, second = paths
    wait = [lambda: None] * 2
    assert seen(paths, lambda: first.write_text("x: 12\n"), lambda: first.write_text("x: 123\n"), *wait) == [
        ("a.yaml",)
    ]
    assert seen(paths, lambda: [path.write_text("x: 4\n") for path in (first, second)]) == [
        ("a.yaml", "b.yaml")
    ]


def test_an_editor_may_put_another_file_in_its_place(paths: list[Path], tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.write_text("x: 1\n")
    assert seen(paths, lambda: new.replace(paths[0])) == [("a.yaml",)]


def test_a_file_that_is_away_for_a_moment_is_not_gone(paths: list[Path]) -> None:
    first = paths[0]
    away = first.with_suffix(".old")
    nothing = [lambda: None] * 2
    assert seen(paths, lambda: first.rename(away), *nothing, lambda: away.rename(first)) == []
    assert seen(paths, lambda: first.rename(away), *nothing, lambda: first.write_text("x: 2\n")) == [
        ("a.yaml",)
    ]
    assert seen(paths, first.unlink) == [("a.yaml",)]
    assert seen(paths, lambda: first.write_text("x: 3\n")) == [("a.yaml",)]
