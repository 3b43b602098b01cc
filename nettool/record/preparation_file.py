"""preparation.json: what was done to a run's data, in the run and in each of its models."""

import json
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from nettool.data.preparation import Preparation, from_facts
from nettool.record.atomic import write_text
from nettool.record.json_form import json_text
from nettool.record.run_directory import RunDirectory

MEMBER = "nettool/preparation.json"
"""Its name in the archive that a `.keras` file is; Keras does not look at members that it does not know."""


def preparation_path(run: RunDirectory) -> Path:
    """Where the run's own is."""
    return run.path / "preparation.json"


def write_preparation(run: RunDirectory, preparation: Preparation) -> None:
    """Keep it with the run."""
    write_text(preparation_path(run), _text(preparation))


def read_preparation(run: RunDirectory) -> Preparation | None:
    """What was done to the run's data; None when nothing was written.

    Raises ValueError, naming the file, when it holds something else.
    """
    path = preparation_path(run)
    try:
        return _parsed(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError:
        return None


def add_preparation(model: Path, preparation: Preparation) -> None:
    """Put it into a `.keras` file, which has none yet. Raises OSError."""
    with ZipFile(model, "a", ZIP_STORED) as archive:
        archive.writestr(MEMBER, _text(preparation))


def preparation_of(model: Path) -> Preparation | None:
    """What a `.keras` file says was done to the data; None when it says nothing.

    Raises FileNotFoundError, `zipfile.BadZipFile` when it is no archive, and ValueError when it holds
    something else.
    """
    with ZipFile(model) as archive:
        if MEMBER not in archive.namelist():
            return None
        return _parsed(archive.read(MEMBER).decode("utf-8"), f"{model}: {MEMBER}")


def _text(preparation: Preparation) -> str:
    return json_text(preparation.facts())


def _parsed(text: str, place: str) -> Preparation:
    try:
        return from_facts(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{place} does not say what was done to the data") from error
