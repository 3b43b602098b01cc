"""Entries whose layer is a class of the user's own: held against what its `__init__` takes."""

from nettool.diagnostics.caller import by_caller
from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.network import Graph
from nettool.spec.document import Document
from nettool.spec.network.entries import Entry
from nettool.spec.network.python_file import PythonFile, UserClass
from nettool.vocabulary.keras_names import option_in_spec

_REFUSED = "NT702"


def user_class(document: Document, name: str) -> tuple[PythonFile, UserClass] | None:
    """The class of that name in the spec's Python files."""
    for file in document.python:
        if name in file.classes:
            return file, file.classes[name]
    return None


def user_class_names(document: Document) -> tuple[str, ...]:
    """All classes in the spec's Python files."""
    return tuple(name for file in document.python for name in file.classes)


def check_user_entry(entry: Entry, file: PythonFile, found: UserClass, findings: Findings) -> None:
    """Report options that the class does not take or that are missing."""
    label = (Label(file.span, f"`{found.name}` is in this file"),)
    legal = {option_in_spec(name): is_needed for name, is_needed in found.options.items()}
    for key, option in entry.options.items():
        if key not in legal and not found.takes_any:
            help_text = did_you_mean(key, legal) or (
                f"it takes {listing(legal)}" if legal else "it takes none"
            )
            message = f"`{found.name}` has no option `{key}`"
            findings.add(Diagnostic("NT212", message, option.name.span, labels=label, help=help_text))
    for key, is_needed in legal.items():
        if is_needed and key not in entry.options:
            message = f"`{entry.name.value}` does not say `{key}`, which `{found.name}` needs"
            findings.add(
                Diagnostic("NT213", message, entry.target.span, labels=label, help=f"add `{key}: …`")
            )


def refusal_to_run(python: tuple[PythonFile, ...]) -> Diagnostic | None:
    """Why a spec with code of its own is not built, unless the user allowed it."""
    if not python:
        return None
    file = python[0]
    allow_code = by_caller(command_line="`--allow-code`", python="`allow_code=True`")
    return Diagnostic(
        _REFUSED,
        f"the spec brings code of its own, `{file.name}`, and code can do anything that you can",
        file.span,
        "would be run",
        help=f"read the file; if you trust it, add {allow_code}",
    )


def needs_code(graph: Graph, python: tuple[PythonFile, ...]) -> bool:
    """Whether a node of the graph is made by the user's code."""
    names = {name for file in python for name in file.classes}
    return any(node.operation in names for node in graph.nodes)
