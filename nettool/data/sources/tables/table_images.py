"""Images that a table names: where their files lie, and what they have in common."""

from __future__ import annotations

import os
from collections.abc import Mapping

from nettool.data.failure import DataMissing, at_key
from nettool.data.formats.checksums import checksums_of
from nettool.data.images.image_header import read_header
from nettool.data.images.image_sample import SAMPLE, ImageSample, sampled
from nettool.data.place import own_cache
from nettool.data.sources.tables.table_values import FileNames
from nettool.data.used_file import UsedFile


def image_paths(names: FileNames) -> tuple[str, ...]:
    """The paths of the files, as the table names them relative to its own folder."""
    folder = names.cells.path.parent
    return tuple(str(folder / name) for name in names.names)


def image_sample(columns: list[FileNames]) -> ImageSample:
    """What the images of these columns (one for each part) have in common, by the headers of a few of each.

    Raises DataMissing, naming the table's line, for a file that is not there, DataError for another file.
    """
    found = []
    for names in columns:
        paths = image_paths(names)
        _check_there(names, paths)
        some = paths[:: max(1, len(paths) // SAMPLE)]
        with at_key(*names.cells.key):
            found += [(path, read_header(path, path)) for path in some]
    return sampled(found, columns[0].cells.path.name)


def named_files(names: FileNames) -> tuple[UsedFile, Mapping[str, str]]:
    """All files of a column as one, whose checksum is of their names and contents; and theirs, by name."""
    paths = dict(zip(names.names, image_paths(names), strict=True))
    place = f"{names.cells.path} ({names.cells.column})"
    found = checksums_of(paths, place, own_cache())
    note = f"the contents of {len(paths):,} files in column `{names.cells.column}`"
    return UsedFile(place, found.contents, "own", note, former=found.sizes), found.by_name


def _check_there(names: FileNames, paths: tuple[str, ...]) -> None:
    missing = [row for row, path in enumerate(paths) if not os.path.isfile(path)]  # noqa: PTH113 – thousands
    if missing:
        row = missing[0]
        message = f"`{names.cells.path}:{names.lines[row]}`: there is no file `{names.names[row]}`"
        where = f"expected: `{paths[row]}`, as column `{names.cells.column}` names it"
        raise DataMissing(
            message, (where, f"{len(missing):,} of {len(paths):,} files are not there"), names.cells.key
        )
