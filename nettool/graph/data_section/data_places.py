"""Where in the `data:` section a mistake in the data stands: the smallest part that the mistake names."""

from collections.abc import Iterator

from nettool.data.failure import DataError
from nettool.data.problems import Problem
from nettool.diagnostics.source import Span
from nettool.spec.data_section import (
    ArraysOrigin,
    DataSection,
    FolderOrigin,
    RandomOrigin,
    TableOrigin,
)
from nettool.spec.document import Located


def place_of_problem(problem: Problem, section: DataSection) -> Span:
    """The key's value, the item or the name in it; where the origin is named if the key is not written."""
    index = problem.index
    if problem.key == "derive" and index is not None:
        entry = section.derive[index]
        return {"from": entry.origin.span, "values": entry.span}.get(problem.inner, entry.name.span)
    if problem.key == "normalize" and index is not None and index < len(section.normalize):
        wanted = section.normalize[index]
        named = wanted.mode if wanted.field is None else wanted.field
        return named.span
    value = _values(section).get(problem.key)
    if isinstance(value, tuple):
        return value[index or 0].span if value else section.span
    return section.span if value is None else value.span


def _values(section: DataSection) -> dict[str, Located[object] | tuple[Located[object], ...] | None]:
    return {
        key: getattr(section, key)
        for key in (
            *("task", "classes", "limit", "test_split", "resize", "crop", "pad", "channels"),
            "pairs_per_sample",
        )
    }


def place_of_error(error: DataError, section: DataSection) -> Span:
    """The column, field or file that the message names; else where the origin is named."""
    named = (span for name, span in _names(section) if f"`{name}`" in error.message)
    files = (span for path, span in _paths(section) if f"`{path}" in error.message)
    return next(named, None) or next(files, None) or section.span


def _names(section: DataSection) -> Iterator[tuple[str, Span]]:
    origin = section.origin
    if isinstance(origin, TableOrigin):
        for column in origin.columns:
            yield from ((name.value, name.span) for name in column.columns)
        yield from ((column.field.value, column.field.span) for column in origin.columns)
    if isinstance(origin, ArraysOrigin | RandomOrigin):
        yield from ((field.name.value, field.name.span) for field in origin.fields)
    if isinstance(origin, ArraysOrigin):
        yield from ((file.field.value, file.path.span) for file in origin.files if file.field is not None)


def _paths(section: DataSection) -> Iterator[tuple[str, Span]]:
    origin = section.origin
    if isinstance(origin, ArraysOrigin | TableOrigin):
        yield from ((str(file.path.value), file.path.span) for file in origin.files)
    if isinstance(origin, FolderOrigin):
        yield str(origin.path.value), origin.path.span
