"""observations.json: what was seen of a run, for its report."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nettool.record.atomic import write_text
from nettool.record.file_forms import OBSERVATIONS
from nettool.record.json_form import json_text, of_facts
from nettool.record.observations import Observations, SeenClasses, SeenImages, SeenNumbers, SeenSample
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory
from nettool.record.run_file import read_json

_LARGEST = 512_000_000
"""Bytes: a matrix of five thousand classes takes three hundred million."""


def observations_path(run: RunDirectory) -> Path:
    """Where they are."""
    return run.path / "observations.json"


def write_observations(run: RunDirectory, seen: Observations) -> None:
    """Keep them."""
    write_text(observations_path(run), json_text(seen))


def read_observations(run: RunDirectory) -> Observations | None:
    """What was seen; None when nothing was. Raises RunDamaged when the file holds something else."""
    path = observations_path(run)
    try:
        facts = read_json(path, OBSERVATIONS, _LARGEST)
    except FileNotFoundError:
        return None
    for each in facts["classes"]:
        count = len(each["classes"])
        if not count or len(each["matrix"]) != count or any(len(row) != count for row in each["matrix"]):
            raise RunDamaged(
                path, f"the matrix of `{each['output']}` must have a row and a column for each class"
            )
    return _observations(facts)


def _observations(facts: Mapping[str, Any]) -> Observations:
    return Observations(
        {str(part): int(count) for part, count in facts["samples"].items()},
        facts["peak_memory"],
        tuple(map(_classes, facts["classes"])),
        tuple(of_facts(SeenNumbers, {**each, "pairs": _tuples(each["pairs"])}) for each in facts["numbers"]),
        tuple(SeenImages(each["output"], _tuples(each["pairs"])) for each in facts["images"]),
        facts["filters"],
    )


def _classes(facts: Mapping[str, Any]) -> SeenClasses:
    return SeenClasses(
        facts["output"],
        tuple(facts["classes"]),
        _tuples(facts["matrix"]),
        bool(facts["are_probabilities"]),
        tuple(map(_sample, facts["samples"])),
        tuple(map(_sample, facts["mistakes"])),
    )


def _sample(facts: Mapping[str, Any]) -> SeenSample:
    return SeenSample(
        int(facts["number"]),
        tuple(facts["images"]),
        facts["words"],
        facts["wanted"],
        _tuples(facts["ranked"]),
    )


def _tuples(lists: Any) -> tuple[Any, ...]:  # noqa: ANN401 - whatever the file holds
    return tuple(tuple(each) for each in lists)
