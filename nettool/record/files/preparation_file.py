"""preparation.json: what was done to a run's data, in the run and in each of its models."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args
from zipfile import ZIP_STORED, ZipFile

from nettool.data.failure import DataError
from nettool.data.field import FieldKind
from nettool.data.prediction.preparation import Preparation, from_facts
from nettool.record.disk.archive import opened_archive
from nettool.record.disk.atomic import write_text
from nettool.record.disk.forms import COUNT, NUMBER, TEXT, list_of, map_of, one_of, or_null, record
from nettool.record.disk.json_form import json_text
from nettool.record.disk.run_file import checked_json, read_json
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory

_NUMBER_TYPES = (
    *("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"),
    *("bool", "float16", "float32", "float64"),
)
_FIELD = record(
    {
        "name": TEXT,
        "kind": one_of(get_args(FieldKind)),
        "shape": list_of(or_null(COUNT)),
        "dtype": one_of(_NUMBER_TYPES),
    },
    {"highest": NUMBER, "classes": list_of(TEXT)},
)

_PREPARATION = record(
    {
        "fields": list_of(_FIELD),
        "scales": map_of(record({"shift": list_of(NUMBER), "divisor": list_of(NUMBER)})),
    }
)

MEMBER = "nettool/preparation.json"
"""Its name in the archive that a `.keras` file is; Keras does not look at members that it does not know."""


def preparation_path(run: RunDirectory) -> Path:
    """Where the run's own is."""
    return run.path / "preparation.json"


def write_preparation(run: RunDirectory, preparation: Preparation) -> None:
    """Keep it with the run."""
    write_text(preparation_path(run), _text(preparation))


def read_preparation(run: RunDirectory) -> Preparation | None:
    """What was done to the run's data; None when nothing was written. Raises RunDamaged and OSError."""
    path = preparation_path(run)
    try:
        facts = read_json(path, _PREPARATION)
    except FileNotFoundError:
        return None
    return _preparation(path, facts)


def no_preparation(run: RunDirectory) -> DataError:
    """The error for a run that does not say what was done to its data, where that must be known."""
    return DataError(
        f"the run does not say what was done to its data: there is no `{preparation_path(run)}`",
        ("train it again, and the file is written",),
    )


def add_preparation(model: Path, preparation: Preparation) -> None:
    """Put it into a `.keras` file, which has none yet. Raises OSError."""
    with ZipFile(model, "a", ZIP_STORED) as archive:
        archive.writestr(MEMBER, _text(preparation))


def preparation_of(model: Path) -> Preparation | None:
    """What a `.keras` file says was done to the data; None when it says nothing.

    Raises FileNotFoundError, and RunDamaged when it is no archive or holds something else.
    """
    with opened_archive(model) as archive:
        if MEMBER not in archive.namelist():
            return None
        return _preparation(model, checked_json(model, archive.read(MEMBER), _PREPARATION))


def _text(preparation: Preparation) -> str:
    return json_text(preparation.facts())


def _preparation(path: Path, facts: Mapping[str, Any]) -> Preparation:
    prepared = from_facts(facts)
    lengths = {each.name: {1, *each.shape[-1:]} for each in prepared.fields}
    if len(lengths) < len(prepared.fields):
        raise RunDamaged(path, "each of its fields must have a name of its own")
    for name, scale in prepared.scales.items():
        sizes = {len(scale.shift), len(scale.divisor)}
        if name not in lengths or not sizes <= lengths[name] or 0 in scale.divisor:
            raise RunDamaged(path, f"`scales.{name}` must fit a field, without a divisor of 0")
    return prepared
