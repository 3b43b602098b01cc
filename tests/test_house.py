"""How the modules of nettool hang together: short enough to read, no circles, no second list of layers."""

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

from nettool.layers.catalogue import catalogue

ROOT = Path(__file__).parents[1]
_SPECIFICATION = importlib.util.spec_from_file_location("house", ROOT / "benchmarks" / "house.py")
assert _SPECIFICATION is not None
assert _SPECIFICATION.loader is not None
house = importlib.util.module_from_spec(_SPECIFICATION)
sys.modules["house"] = house
_SPECIFICATION.loader.exec_module(house)

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "nettool").rglob("*.py"))
}

SEVERAL_LAYERS = {
    "nettool.engine.harvest": "it reads Keras's signatures, before there is anything else",
}
"""Modules that may name three layers or more in one value, each with the reason."""


LONGEST_MODULE = 250
LONGEST_FUNCTION = 100


def test_modules_and_functions_can_be_read_at_once() -> None:
    files = house.files().values()
    assert [file.module for file in files if file.lines > LONGEST_MODULE] == []
    functions = ((file.module, *each) for file in files for each in file.functions.items())
    assert [each for each in functions if each[2] > LONGEST_FUNCTION] == []


def test_no_modules_import_each_other() -> None:
    """Imports within functions and those that only types need count as well."""
    assert house.circle(house.files()) == []


def test_a_circle_is_found() -> None:
    def file(module: str, *imports: str) -> object:
        return house.File(module, 1, {}, frozenset(imports))

    files = {"a": file("a", "b"), "b": file("b", "c"), "c": file("c", "b"), "d": file("d", "a")}
    assert set(house.circle(files)) == {"b", "c"}


def test_no_module_but_the_families_lists_layers() -> None:
    lists = [
        f"{module}:{value.lineno} lists {', '.join(sorted(named))}"
        for module in MODULES
        if not module.startswith("nettool.layers.families.")
        for value in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))
        if isinstance(value, ast.Tuple | ast.List | ast.Set | ast.Dict)
        and len(named := {*_words(value)} & catalogue().keys()) > 2
    ]
    assert [each for each in lists if each.split(":")[0] not in SEVERAL_LAYERS] == []
    assert {each.split(":")[0] for each in lists} == SEVERAL_LAYERS.keys()


def _words(value: ast.Tuple | ast.List | ast.Set | ast.Dict) -> Iterator[str]:
    """The texts in it, also those in parts of it that are unpacked."""
    parts = [*value.keys, *value.values] if isinstance(value, ast.Dict) else value.elts
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
        elif isinstance(part, ast.Starred) and isinstance(part.value, ast.Tuple | ast.List | ast.Set):
            yield from _words(part.value)
