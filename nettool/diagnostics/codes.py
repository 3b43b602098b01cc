"""Every diagnostic's code and what it stands for; its first digit is the family. Codes keep their meaning.

A code is its page: `pages/NT212.md`, whose heading says in a few words what it stands for.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

PAGES = Path(__file__).with_name("pages")

FAMILIES = {
    "1": "reading the file",
    "2": "sections, keys, entries and their options",
    "3": "the graph: names, blocks, cycles, shapes",
    "4": "outputs, losses, metrics and the optimizer",
    "5": "the data",
    "6": "expectations, and what training needs",
    "7": "building with Keras",
    "9": "the command line",
}


@cache
def codes() -> Mapping[str, str]:
    """What each code stands for, in the order of the codes."""
    return MappingProxyType({path.stem: _heading(path) for path in sorted(PAGES.glob("NT*.md"))})


def _heading(page: Path) -> str:
    with page.open(encoding="utf-8") as file:
        return file.readline().removeprefix("# ").rstrip("\n")
