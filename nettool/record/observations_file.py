"""observations.json: what was seen of a run, for its report."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nettool.record.atomic import write_text
from nettool.record.file_forms import OBSERVATIONS
from nettool.record.json_form import json_text, of_facts
from nettool.record.observations import (
    Observations,
    SeenClass,
    SeenClasses,
    SeenImages,
    SeenNumbers,
    SeenSample,
)
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
        _check_classes(path, each)
    return _observations(facts)


def _check_classes(path: Path, facts: Mapping[str, Any]) -> None:
    """Raises RunDamaged unless there is a matrix of the classes, or something said of each of them."""
    count, matrix, by_class = len(facts["classes"]), facts["matrix"], facts.get("by_class", ())
    is_square = len(matrix) == count and all(len(row) == count for row in matrix)
    if not count or not (is_square or (not matrix and len(by_class) == count)):
        raise RunDamaged(
            path, f"the matrix of `{facts['output']}` must have a row and a column for each class"
        )
    numbers = [number for true, given, _ in facts.get("confused", ()) for number in (true, given)]
    numbers += [each["mistaken_for"] for each in by_class if each.get("mistaken_for") is not None]
    if max(numbers, default=0) >= count:
        raise RunDamaged(path, f"`{facts['output']}` has {count} classes, and a mistake names another one")


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
        tuple(of_facts(SeenClass, each) for each in facts.get("by_class", ())),
        _tuples(facts.get("confused", ())),
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
