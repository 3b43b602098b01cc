"""`python: my_layers.py`: the classes of a user's file and their options, read without running it."""

import ast
from collections.abc import Mapping as Table
from dataclasses import dataclass
from pathlib import Path

from nettool.diagnostics.diagnostic import Diagnostic, Findings, SpecError
from nettool.diagnostics.source import Source, Span
from nettool.spec.keys.values import names
from nettool.spec.yaml.located import Name
from nettool.spec.yaml.source_file import lies_inside, read_source
from nettool.spec.yaml.tree import Tree

LAYER_OPTIONS = ("trainable", "dtype")
"""What every Keras layer takes through `**kwargs`."""


@dataclass(frozen=True, slots=True)
class UserClass:
    """A class of the user's: its options in order, each with whether it must be given.

    `takes_any` is True for a class without an `__init__` of its own or one that hands `**kwargs` on.
    """

    name: str
    options: Table[str, bool]
    takes_any: bool


@dataclass(frozen=True, slots=True)
class PythonFile:
    """A file of the user's with its classes; `text` is what was read, `name` as the spec says it."""

    name: str
    path: Path
    text: str
    classes: Table[str, UserClass]
    span: Span


def read_python(tree: Tree, folder: Path | None, findings: Findings) -> tuple[PythonFile, ...]:
    """The files of a `python` section; what cannot be read is reported. Nothing in them is run."""
    found: list[PythonFile] = []
    for name in names(tree, "python", findings) or ():
        file = _read(name, folder, findings)
        found += [file] if file is not None else []
    return tuple(found)


def _read(name: Name, folder: Path | None, findings: Findings) -> PythonFile | None:
    written = Path(name.value)
    if folder is None or not lies_inside(folder, name.value):
        message = f"`{name.value}` is not in the spec's own folder"
        findings.add(Diagnostic("NT110", message, name.span, help="put the file beside the spec"))
        return None
    try:
        source = read_source(folder / written)
    except SpecError as error:
        for diagnostic in error.diagnostics:
            findings.add(Diagnostic("NT110", diagnostic.message, name.span, help=diagnostic.help))
        return None
    try:
        module = ast.parse(source.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        findings.add(_not_python(source, error))
        return None
    classes = {node.name: _class(node) for node in module.body if isinstance(node, ast.ClassDef)}
    return PythonFile(name.value, folder / written, source.text, classes, name.span)


def _not_python(source: Source, error: Exception) -> Diagnostic:
    line = getattr(error, "lineno", None) or 1
    column = getattr(error, "offset", None) or 1
    reason = getattr(error, "msg", None) or str(error)
    return Diagnostic("NT110", f"this is not Python: {reason}", Span(source, line, column, line, column + 1))


def _class(node: ast.ClassDef) -> UserClass:
    functions = [each for each in node.body if isinstance(each, ast.FunctionDef)]
    init = next((each for each in functions if each.name == "__init__"), None)
    if init is None:
        return UserClass(node.name, {}, takes_any=True)
    arguments = init.args
    positional = [*arguments.posonlyargs, *arguments.args][1:]
    needed = len(positional) - len(arguments.defaults)
    options = {each.arg: position < needed for position, each in enumerate(positional)}
    options |= {
        each.arg: default is None
        for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    }
    if arguments.kwarg is not None:
        options |= dict.fromkeys(LAYER_OPTIONS, False)
    return UserClass(node.name, options, takes_any=False)
