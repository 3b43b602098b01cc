"""The files and folders that the user names → groups of samples, in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Literal

from nettool.data.column import Part
from nettool.data.failure import DataError, DataMissing
from nettool.data.given.given import Given, side_by_side
from nettool.data.given.given_arrays import given_arrays
from nettool.data.given.given_images import image_files
from nettool.data.given.given_table import given_table
from nettool.data.given.wanted import Wanted
from nettool.data.images.image_header import ENDINGS
from nettool.data.sources.folder_names import names_in
from nettool.diagnostics.suggest import listing

Groups = tuple[tuple[Given, ...], tuple[str, ...]]
"""Groups of samples, and what is to be told of them."""

_Form = Literal["images", "arrays", "table"]
_FORMS: Mapping[str, _Form] = {".npz": "arrays", ".npy": "arrays", ".csv": "table"}


def given_samples(files: Sequence[str], wanted: tuple[Wanted, ...], *, invert: bool) -> Groups:
    """The samples of these files, each with all wanted fields; of a folder those of its images, by name.

    Raises DataMissing for what is not there, DataError for what cannot be used.
    """
    paths, notes = _listed(files)
    groups: list[Given] = []
    for form, alike in groupby(paths, key=_form):
        members = list(alike)
        found = [_images(members, wanted, invert=invert)] if form == "images" else []
        for path in () if form == "images" else members:
            read = given_arrays if form == "arrays" else given_table
            found.append(read(Path(path), wanted, invert=invert))
        for given, more in found:
            groups += given
            notes += more
    return tuple(groups), tuple(dict.fromkeys(notes))


def given_by_field(files: Mapping[str, Sequence[str]], wanted: tuple[Wanted, ...], *, invert: bool) -> Groups:
    """Samples whose fields come from files of their own; DataError also for a field without one."""
    columns: list[Given] = []
    notes: list[str] = []
    for each in wanted:
        name = each.field.name
        if name not in files:
            raise DataError(f"there is no file for the field `{name}`", (f"expected: --field {name}=FILE",))
        groups, more = given_samples(files[name], (each,), invert=invert)
        if len(groups) > 1:
            raise DataError(f"the field `{name}` is given by files of different kinds")
        columns += groups
        notes += more
    return (side_by_side(columns),), tuple(notes)


def _listed(files: Sequence[str]) -> tuple[list[str], list[str]]:
    """The files, folders replaced by the images in them."""
    paths: list[str] = []
    notes: list[str] = []
    for name in files:
        path = Path(name)
        if path.is_dir():
            inside = sorted(names_in(path).files)
            images = [each for each in inside if each.lower().endswith(ENDINGS)]
            if not images:
                raise DataError(f"`{name}` has no images", (f"expected: {', '.join(ENDINGS)}",))
            if len(images) < len(inside):
                others = len(inside) - len(images)
                notes.append(f"skipped {others:,} of {len(inside):,} files in {name}, which are not images")
            paths += [str(path / each) for each in images]
        elif path.exists():
            paths.append(str(path))
        else:
            raise DataMissing(f"there is no file `{name}`")
    return paths, notes


def _form(path: str) -> _Form:
    return _FORMS.get(Path(path).suffix.lower(), "images")


def _images(paths: list[str], wanted: tuple[Wanted, ...], *, invert: bool) -> Groups:
    if len(wanted) > 1:
        names = [each.field.name for each in wanted]
        fields = " ".join(f"--field {name}=FILE" for name in names)
        raise DataError(
            f"`{paths[0]}` is one image, and the network takes {listing(names)}",
            (f"expected: an .npz or .csv with all of them, or {fields}",),
        )
    (field,) = wanted
    if field.form is None:
        told = f"`{paths[0]}`: the network takes no images, but `{field.field.name}`, a {field.field.kind}"
        raise DataError(told, ("expected: an .npz, .npy or .csv file",))
    column, notes = image_files(paths, field, invert=invert)
    return (Given(Part({field.field.name: column}), tuple(paths)),), notes
