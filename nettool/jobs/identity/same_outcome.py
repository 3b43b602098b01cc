"""Did a repetition of a run come to the same? The first thing that differs, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import isnan
from typing import Any

import numpy as np

from nettool.graph.plan import Plan
from nettool.jobs.identity.saved_spec import spec_changes
from nettool.record.checkpoints.states import last_state
from nettool.record.checkpoints.training_state import Identity, NamedArrays
from nettool.record.files.metrics_file import read_metrics
from nettool.record.files.results import read_results
from nettool.record.run_directory import RunDirectory

Step = tuple[str, str | None]
"""What was compared, and what differs in it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What both runs have in common (in words), or the first thing in which they differ.

    `notes` say which versions or machines differ: then the results may differ, too.
    """

    equal: tuple[str, ...]
    difference: str | None = None
    notes: tuple[str, ...] = ()


def compare_origins(run: RunDirectory, saved: Identity, plan: Plan, present: Identity) -> Compared:
    """Hold the spec and the data that the run was trained on against the plan and the data that are there.

    `saved` is what the run's last state belongs to. Raises RunDamaged and OSError.
    """
    return _compared(_origins(run, saved, plan, present), _environment(saved, present))


def require_outcome(run: RunDirectory) -> None:
    """Read what `compare_outcomes` will read of a run, so that damage is known before anything is trained.

    Raises CannotResume when a state is missing or damaged, RunDamaged for another file, and OSError.
    """
    last_state(run)
    read_metrics(run)
    read_results(run)


def compare_outcomes(run: RunDirectory, again: RunDirectory, origins: Compared) -> Compared:
    """Compare also the epochs, the results of the test set and the weights of both, to the bit.

    `origins` is what they have in common before they are trained.

    Raises CannotResume when a state is missing or damaged, and OSError.
    """
    state, other_state = last_state(run)[0], last_state(again)[0]
    steps = (*_outcomes(run, again), _weights(state.arrays["model"], other_state.arrays["model"]))
    found = _compared(steps, origins.notes)
    return replace(found, equal=(*origins.equal, *found.equal))


def _compared(steps: Iterable[Step], notes: tuple[str, ...]) -> Compared:
    equal: list[str] = []
    for what, difference in steps:
        if difference is not None:
            return Compared(tuple(equal), difference, notes)
        equal.append(what)
    return Compared(tuple(equal), None, notes)


def _environment(identity: Identity, other: Identity) -> tuple[str, ...]:
    versions = (
        f"{name} was {before} and is {now} now" for name, before, now in identity.other_versions(other)
    )
    return (*versions, *identity.other_machine(other))


def _origins(run: RunDirectory, saved: Identity, plan: Plan, present: Identity) -> Iterator[Step]:
    changes = spec_changes(saved, plan, run)
    yield "spec", f"the spec: {changes[0]}" if changes else None
    differing = saved.other_data(present)
    yield "data", f"the data: {differing[0]} has another checksum" if differing else None


def _weights(arrays: NamedArrays, others: NamedArrays) -> Step:
    return f"{len(arrays)} arrays of weights", _arrays_differ(arrays, others)


def _outcomes(run: RunDirectory, again: RunDirectory) -> Iterator[Step]:
    rows, others = read_metrics(run), read_metrics(again)
    yield f"{len(rows)} {'epoch' if len(rows) == 1 else 'epochs'}", _rows_differ(rows, others)
    test, other_test = (_test(each) for each in (run, again))
    yield f"{len(test)} test results", _numbers_differ("test set: ", test, other_test)


def _rows_differ(
    rows: tuple[Mapping[str, float], ...], others: tuple[Mapping[str, float], ...]
) -> str | None:
    for number, (row, other) in enumerate(zip(rows, others, strict=False), 1):
        difference = _numbers_differ(f"epoch {number}: ", row, other)
        if difference is not None:
            return difference
    if len(rows) != len(others):
        return f"the run has {len(rows)} epochs, its repetition {len(others)}"
    return None


def _numbers_differ(where: str, some: Mapping[str, Any], others: Mapping[str, Any]) -> str | None:
    for name in dict.fromkeys((*some, *others)):
        if name not in others or name not in some:
            return f"{where}{name} is only in the {'run' if name in some else 'repetition'}"
        value, other = some[name], others[name]
        both_nan = isinstance(value, float) and isinstance(other, float) and isnan(value) and isnan(other)
        if value != other and not both_nan:
            return f"{where}{name} is {value!r} in the run and {other!r} in its repetition"
    return None


def _test(run: RunDirectory) -> Mapping[str, Any]:
    results = read_results(run)
    found: Mapping[str, Any] = {} if results is None else results.test
    return found


def _arrays_differ(some: NamedArrays, others: NamedArrays) -> str | None:
    if len(some) != len(others):
        return f"the run has {len(some)} arrays of weights, its repetition {len(others)}"
    for (name, values), (_, again) in zip(some, others, strict=True):
        if values.shape != again.shape:
            return f"the weights `{name}` have the shape {values.shape} in the run and {again.shape} again"
        if values.tobytes() != again.tobytes():
            most = float(np.max(np.abs(values.astype(np.float64) - again.astype(np.float64))))
            return f"the weights `{name}` differ, by up to {most:g}"
    return None
