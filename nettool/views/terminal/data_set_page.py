"""The built-in data sets on the terminal: all in a list, or one on a page of its own."""

import sys
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

from nettool.data.builtin.catalogue import DATA_SETS, DataSet
from nettool.data.builtin.download import byte_text
from nettool.data.builtin.local_files import bytes_to_fetch
from nettool.data.builtin.published import FileLayout
from nettool.data.builtin.verify import Checked
from nettool.data.sources.built_in import BuiltIn
from nettool.views.terminal.field_table import field_facts, field_lines, shape_text
from nettool.views.terminal.table import paragraph, table

_HEADINGS = ("name", "image", "classes", "training", "test", "licence", "where")
_COUNTS = (2, 3, 4)
_EXPENDABLE = tuple(map(_HEADINGS.index, ("licence", "image", "classes")))
_INDENT = 12

Places = Mapping[str, Path | None]
"""By name of the data set: the folder in which its files lie, None if they lie nowhere."""


def data_list_text(places: Places, width: int | None = None) -> str:
    """Two lines for each set: its sizes, and what it is."""
    rows = [_row(dataset, places[name]) for name, dataset in DATA_SETS.items()]
    heading, *lines = table([_HEADINGS, *rows], _COUNTS, width=width, expendable=_EXPENDABLE)
    indent = max(map(len, DATA_SETS)) + 2
    titles = (paragraph("", each.title, indent, width) for each in DATA_SETS.values())
    entries = (line for each, title in zip(lines, titles, strict=True) for line in (each, *title))
    return "\n".join([heading, *entries])


def data_list_facts(places: Places) -> list[dict[str, object]]:
    """The same as data."""
    return [_facts(dataset, places[name]) for name, dataset in DATA_SETS.items()]


def data_set_text(dataset: DataSet, place: Path | None, width: int | None = None) -> str:
    """All about one set."""
    statement = BuiltIn(dataset.name).statement()
    parts = ", ".join(f"{name} {count:,}" for name, count in statement.counts.items())
    lines = textwrap.wrap(f"{dataset.name}: {dataset.title}", width or sys.maxsize)
    lines += ["", *field_lines(statement.fields, width), ""]
    lines += paragraph("parts", f"{parts} (validation is split off train)", _INDENT, width)
    lines += paragraph("licence", dataset.licence, _INDENT, width)
    lines += paragraph("where", where_text(dataset, place), _INDENT, width)
    for download in dataset.downloads:
        lines += ["", f"to fetch    {download.file.name}, {byte_text(download.size)}"]
        lines += [_indented(str(download.file.checksum), width), _indented(download.url, width)]
    if dataset.layouts:
        lines.append("")
        for number, layout in enumerate(dataset.layouts):
            lines += paragraph("" if number else "read from", _layout_text(layout), _INDENT, width)
        lines += paragraph("", f"in a folder, or in its {_folders_text(dataset)}", _INDENT, width)
    return "\n".join(lines)


def _indented(text: str, width: int | None) -> str:
    """A text that is copied whole: where the room is narrow, less far to the right."""
    return f"{'':{_INDENT if width is None else min(_INDENT, max(0, width - len(text)))}}{text}"


def data_set_facts(dataset: DataSet, place: Path | None) -> dict[str, object]:
    """The same as data."""
    statement = BuiltIn(dataset.name).statement()
    return {
        **_facts(dataset, place),
        "fields": [field_facts(field) for field in statement.fields],
        "downloads": [
            {
                "name": each.file.name,
                "bytes": each.size,
                "checksum": each.file.checksum,
                "url": each.url,
            }
            for each in dataset.downloads
        ],
        "forms": [
            [
                [{"name": file.name, "checksum": file.checksum} for file in alternatives]
                for alternatives in layout.files
            ]
            for layout in dataset.layouts
        ],
    }


def where_text(dataset: DataSet, place: Path | None) -> str:
    """`embedded`, `in FOLDER`, or how much there is to fetch."""
    if not dataset.layouts:
        return "embedded"
    if place is None:
        return f"not here ({byte_text(bytes_to_fetch(dataset))} to fetch)"
    return f"in {place}"


def _row(dataset: DataSet, place: Path | None) -> tuple[str, ...]:
    return (
        dataset.name,
        shape_text(dataset.image_shape),
        str(len(dataset.classes)),
        f"{dataset.train_count:,}",
        f"{dataset.test_count:,}",
        _short(dataset.licence),
        where_text(dataset, place),
    )


def _short(licence: str) -> str:
    """The licence without whose work it is."""
    return licence.partition(";")[0].partition(",")[0]


def _facts(dataset: DataSet, place: Path | None) -> dict[str, object]:
    return {
        "name": dataset.name,
        "title": dataset.title,
        "image_shape": list(dataset.image_shape),
        "classes": list(dataset.classes),
        "parts": dict(BuiltIn(dataset.name).statement().counts),
        "licence": dataset.licence,
        "embedded": not dataset.layouts,
        "folder": None if place is None else str(place),
        "bytes_to_fetch": bytes_to_fetch(dataset),
    }


def _folders_text(dataset: DataSet) -> str:
    return " or ".join(f"{folder}/" for folder in dataset.folders)


def _layout_text(layout: FileLayout) -> str:
    names = [" or ".join(file.name for file in alternatives) for alternatives in layout.files]
    return names[0] if len(names) == 1 else f"{names[0]}, … {names[-1]} ({len(names)} files)"


_STATE_WIDTH = len("unverified")


def checked_text(checked: Sequence[Checked]) -> str:
    """The state first, then the file, then what else is known."""
    return "\n".join(_line(each) for each in checked)


def _line(each: Checked) -> str:
    known = ", ".join(part for part in (each.checksum, each.note) if part)
    return f"{each.state:<{_STATE_WIDTH}}  {each.path}" + (f" ({known})" if known else "")
