"""Files that a spec names besides its data and code: weights of ready-made networks, and vocabularies."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.files.outside import check_is_file
from nettool.graph.network import Graph
from nettool.spec.network.entries import Entry
from nettool.spec.network.expressions import is_expression
from nettool.spec.yaml.source_file import lies_inside
from nettool.vocabulary.keras_names import applications, layers

PUBLISHED = "imagenet"
"""The published weights: learned on ImageNet, downloaded by Keras and held against their checksum."""

VOCABULARY = "vocabulary"

Options = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file where it lies, and what it is called in the folder of a run; None where it is not kept there."""

    path: Path
    kept: PurePath | None


def folder_of(entry: Entry) -> Path:
    """Where the file lies that the entry stands in."""
    return Path(entry.target.span.source.name).parent


def with_paths(entry: Entry, options: Options, findings: Findings) -> dict[str, object]:
    """The options of a layer with paths of vocabularies; what is no file beside the spec is reported."""
    folder = folder_of(entry)

    def placed(written: str) -> str:
        problem = _problem(folder, written)
        if problem is not None:
            option = entry.options.get(VOCABULARY)  # that of a layer inside a wrapper has none here
            place = entry.target.span if option is None else option.value.span
            help_text = "put the file beside the spec; it has a word or a number on each line"
            findings.add(Diagnostic("NT214", problem, place, help=help_text))
        return str(folder / written)

    return _renamed(entry.target.value, options, placed) if entry.kind == "layer" else dict(options)


def with_names(entry: Entry, options: Options, root: Path) -> dict[str, object]:
    """The options as written, but with the names that vocabularies have from the folder of the spec."""
    if entry.kind != "layer":
        return dict(options)
    return _renamed(entry.target.value, options, lambda written: name_from(root, entry, written))


def name_from(root: Path, entry: Entry, written: str) -> str:
    """What a file that an entry names is called from the spec's folder: outside it, by its whole path."""
    folder = folder_of(entry)
    if is_expression(written) or (folder == root and _is_inside(written)):
        return written
    name = os.path.relpath(folder / written, root)
    return name if _is_inside(name) else os.path.abspath(folder / written)  # noqa: PTH100 – links stay


def named_files(graph: Graph, root: Path) -> tuple[NamedFile, ...]:
    """All that the nodes name, each once, as seen from the folder of the spec."""
    paths: dict[str, None] = {}
    for node in graph.nodes:
        if node.operation in applications():
            weights = node.options.get("weights")
            if isinstance(weights, str) and weights != PUBLISHED:
                paths[weights] = None
        _renamed(node.operation, node.options, lambda path: paths.setdefault(path) or path)
    return tuple(_named(Path(path), root) for path in paths)


def _named(path: Path, root: Path) -> NamedFile:
    name = os.path.relpath(path, root)
    return NamedFile(path, PurePath(name) if _is_inside(name) else None)


def _is_inside(name: str) -> bool:
    """By its text alone: where a link leads is the user's business."""
    path = PurePath(os.path.normpath(name))
    return not path.is_absolute() and ".." not in path.parts


def _problem(folder: Path, written: str) -> str | None:
    if not lies_inside(folder, written):
        return f"`{written}` is not in the spec's own folder"
    try:
        check_is_file(folder / written)
    except FileNotFoundError:
        return f"there is no vocabulary `{written}` beside the spec"
    except OSError as error:
        return f"`{written}` cannot be a vocabulary: {error.strerror or error}"
    return None


def _renamed(layer: str, options: Options, rename: Callable[[str], str]) -> dict[str, object]:
    """The options with other names of vocabularies, also those of layers inside a wrapper."""
    is_lookup = layer in layers() and VOCABULARY in layers()[layer].options
    return {
        key: rename(value)
        if is_lookup and key == VOCABULARY and isinstance(value, str)
        else _inner_renamed(value, rename)
        for key, value in options.items()
    }


def _inner_renamed(value: object, rename: Callable[[str], str]) -> object:
    if isinstance(value, list):
        return [_inner_renamed(each, rename) for each in value] if any(_layers(value)) else value
    if isinstance(value, dict) and isinstance(value.get("layer"), str):
        return _renamed(str(value["layer"]), value, rename)
    return value


def _layers(values: list[object]) -> Iterator[bool]:
    return (isinstance(each, dict) for each in values)
