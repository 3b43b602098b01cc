"""The page of pictures in docs/ shows all of them, says what is on them, and how each is drawn."""

import importlib.util
import sys
from pathlib import Path

import pytest

from nettool.cli.main import cli

DOCS = Path(__file__).parents[1] / "docs"
_spec = importlib.util.spec_from_file_location("pictures", DOCS / "pictures.py")
assert _spec is not None
assert _spec.loader is not None
pictures = importlib.util.module_from_spec(_spec)
sys.modules["pictures"] = pictures
_spec.loader.exec_module(pictures)

ALL = tuple(pictures.pictures())


def test_the_page_is_as_its_program_writes_it() -> None:
    assert (DOCS / "pictures.md").read_text(encoding="utf-8") == pictures.page(), (
        "run: python docs/pictures.py"
    )


def test_every_picture_is_there_and_nothing_else() -> None:
    assert sorted(path.name for path in (DOCS / "pictures").iterdir()) == sorted(each.name for each in ALL)


@pytest.mark.parametrize("picture", ALL, ids=lambda picture: picture.name)
def test_a_picture_is_small_and_has_words_and_a_command_that_there_is(picture: "pictures.Picture") -> None:
    path = DOCS / "pictures" / picture.name
    assert 1_000 < path.stat().st_size < 150_000
    assert len(picture.words.split()) > 4
    assert picture.command.split()[0] in cli.commands
    if path.suffix == ".svg":
        assert b"<svg" in path.read_bytes()[:1000]


def test_commands_read_only_what_comes_with_nettool() -> None:
    specs = {word for each in ALL for word in each.command.split() if word.endswith(".yaml")}
    assert all((DOCS.parent / spec).is_file() for spec in specs)
    for each in ALL:
        if each.command.startswith("train"):
            assert "digits" in each.command
