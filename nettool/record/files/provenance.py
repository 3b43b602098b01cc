"""run.json: where a run came from (command, seed, code, versions, machine, data), to repeat it by."""

import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from nettool.record.disk.atomic import write_text
from nettool.record.disk.forms import TEXT, list_of, record
from nettool.record.disk.json_form import json_text
from nettool.record.disk.run_file import read_json
from nettool.record.disk.typed_json import Count, Time, form_of, later, read_typed
from nettool.record.files.commit import Commit
from nettool.record.files.hardware import Hardware
from nettool.record.files.run_request import RunRequest
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory

_PACKAGES = ("nettool", "keras", "tensorflow", "numpy")


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file that data were read from: its name, its checksum (`sha256:…`) and how it came (`state`)."""

    name: str
    checksum: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance(RunRequest):
    """What was asked for, and what a run came from.

    `overrides` are `path=value` as given; `data` says what was done to the data. `unchecked` is why
    expectations of its results are not checked, if they are not. `backend` is what Keras computed with, on
    `devices`; runs from before they could be chosen do not say it. `machine` is what else the bits depend on:
    processors, threads, variables.
    """

    spec: str
    overrides: tuple[str, ...]
    seed: int
    commit: Commit | None
    versions: Mapping[str, str]
    hardware: Hardware
    data: Annotated[Mapping[str, object], record({}, {"dataset": TEXT, "notes": list_of(TEXT)})]
    data_files: tuple[DataFile, ...]
    unchecked: str | None = later()
    resumptions: tuple["Resumption", ...] = later(())
    backend: str = later("tensorflow")
    devices: tuple[str, ...] = later(())
    machine: Mapping[str, str] = later(factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumption(RunRequest):
    """When and how a run was resumed: `epochs` and `steps` were done, it should train to epoch `until`."""

    time: Time
    epochs: Count
    steps: Count
    until: Count
    commit: Commit | None
    versions: Mapping[str, str]
    devices: tuple[str, ...] = later(())
    machine: Mapping[str, str] = later(factory=dict)


def installed_versions(more: Iterable[str] = ()) -> dict[str, str]:
    """The versions of Python and of the packages that decide a run's results, without importing any.

    `more` are packages that this run needs besides.
    """
    # Every command would pay for it otherwise: it brings email and sockets along.
    from importlib.metadata import PackageNotFoundError, version

    versions = {"python": platform.python_version()}
    for package in (*_PACKAGES, *more):
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = "not installed"
    return versions


def provenance_path(run: RunDirectory) -> Path:
    """Where the provenance is."""
    return run.path / "run.json"


def write_provenance(run: RunDirectory, provenance: Provenance) -> None:
    """Keep it."""
    write_text(provenance_path(run), json_text(provenance))


def add_resumption(run: RunDirectory, resumption: Resumption, unchecked: str | None) -> None:
    """Note that the run was resumed, and whether the expectations of its results are (still) checked.

    Raises RunDamaged and OSError.
    """
    path = provenance_path(run)
    # As it is written: keys that a later version added stay.
    facts = dict(read_json(path, form_of(Provenance))) if path.exists() else {}
    facts["resumptions"] = [*facts.get("resumptions", ()), resumption]
    try:
        text = json_text({**facts, "unchecked": unchecked})
    except RecursionError:
        raise RunDamaged(path, "it is nested too deeply") from None
    write_text(path, text)


def read_provenance(run: RunDirectory) -> Provenance | None:
    """What run.json says; None when there is none. Raises RunDamaged and OSError."""
    return read_typed(Provenance, provenance_path(run))
