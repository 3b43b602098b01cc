"""How the modules of nettool hang together: short enough to read, no circles, no second list of layers."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from nettool.layers.catalogue import catalogue

ROOT = Path(__file__).parents[1]
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
    texts = {name: path.read_text(encoding="utf-8") for name, path in MODULES.items()}
    assert [name for name, text in texts.items() if len(text.splitlines()) > LONGEST_MODULE] == []
    functions = [
        f"{name}.{node.name}"
        for name, text in texts.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    assert functions == []


def test_no_modules_import_each_other() -> None:
    """Imports within functions and those that only types need count as well."""
    graph = {name: set(_imports(name)) - {name} for name in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(reversed(error.args[1])))


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


def _imports(module: str) -> Iterator[str]:
    for statement in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names if alias.name in MODULES)
        elif isinstance(statement, ast.ImportFrom) and statement.module in MODULES:
            inner = [f"{statement.module}.{alias.name}" for alias in statement.names]
            yield from (name for name in inner if name in MODULES)
            if any(name not in MODULES for name in inner):
                yield statement.module
