"""observations.json: what was seen of a run, for its report."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nettool.record.atomic import write_text
from nettool.record.json_form import json_text
from nettool.record.observations import Observations, SeenClasses, SeenImages, SeenNumbers, SeenSample
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory


def observations_path(run: RunDirectory) -> Path:
    """Where they are."""
    return run.path / "observations.json"


def write_observations(run: RunDirectory, seen: Observations) -> None:
    """Keep them."""
    write_text(observations_path(run), json_text(seen))


def read_observations(run: RunDirectory) -> Observations | None:
    """What was seen; None when nothing was. Raises RunDamaged when the file holds something else."""
    try:
        return _observations(json.loads(observations_path(run).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RunDamaged(observations_path(run)) from None


def _observations(facts: Mapping[str, Any]) -> Observations:
    return Observations(
        {str(part): int(count) for part, count in facts["samples"].items()},
        facts["peak_memory"],
        tuple(map(_classes, facts["classes"])),
        tuple(SeenNumbers(**{**each, "pairs": _tuples(each["pairs"])}) for each in facts["numbers"]),
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
