"""Which samples a run was trained on: kept with the run, counted in what is measured, and said of copies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod, sqrt

import numpy as np

from nettool.data.column import Part
from nettool.data.field import Field
from nettool.data.load import Loaded
from nettool.data.sources.source import SET_NAMES, PartName
from nettool.data.transforms.samples import limit
from nettool.data.values.fingerprints import Fingerprints, Numbers, fingerprints
from nettool.graph.trainable_plan import TrainablePlan
from nettool.record.files.split_file import read_split, write_split
from nettool.record.run_directory import RunDirectory

_NEVER_BY_CHANCE = 64
"""Numbers that go in for a sample: so many are not alike for two samples unless one is a copy."""
_WORTH_SAYING = 0.01
"""The share of a set: data sets in common use hold a few copies."""


@dataclass(frozen=True, slots=True)
class Shared:
    """`count` of the `samples` of a set are also among the training samples.

    `usual` is the share of training samples that are equal to another one: where a sample is only a few
    numbers or classes, about this many are equal by chance.
    """

    count: int
    samples: int
    usual: float

    @property
    def by_chance(self) -> float:
        """At most as many as this would be expected to be equal if all samples were new."""
        expected = self.usual * self.samples
        return expected + 3 * sqrt(expected)

    def words(self, name: str) -> str:
        """What that means for results on the set of this name."""
        of_set = f"of the {self.samples:,} samples in the {name}"
        if not self.count:
            return f"none {of_set} is equal to a training sample"
        if self.count <= self.by_chance:
            return (
                f"{self.count:,} {of_set} {_are(self.count)} equal to training samples, which may be chance: "
                f"{self.usual:.0%} of the training samples are equal to another one"
            )
        were = "was" if self.count == 1 else "were"
        return f"{self.count:,} {of_set} {were} trained on, so the results are too good"


def keep_trained_on(run: RunDirectory, plan: TrainablePlan, loaded: Loaded) -> tuple[str, ...]:
    """Write which samples are trained on, unless they are too many; notes on copies of them in other sets.

    Raises OSError, and DataError for samples that cannot be read.
    """
    is_overfit = plan.training.overfit is not None
    known = _fingerprints(plan, _each_once(plan, loaded.train))
    if known is None:
        return ()
    write_split(run, known)
    if is_overfit:
        return ()
    others: Mapping[PartName, Part] = {"validation": loaded.validation, "test": loaded.test}
    found = ((SET_NAMES[name], _shared(plan, known, part)) for name, part in others.items())
    return tuple(_copies(name, shared) for name, shared in found if shared and _is_worth_saying(shared))


def shared_with_training(run: RunDirectory, plan: TrainablePlan, part: Part) -> Shared | None:
    """How many of these samples the run was trained on; None where it is not known.

    Raises RunDamaged, OSError, and DataError for samples that cannot be read.
    """
    known = read_split(run)
    return None if known is None else _shared(plan, known, part)


def _each_once(plan: TrainablePlan, train: Part) -> Part:
    """The samples that an epoch goes through, several times in some trainings, always in the same order."""
    overfit = plan.training.overfit
    times = plan.data.pairs_per_sample if plan.data.task == "pairs" else 1
    return limit(train, len(train) // times if overfit is None else overfit)


def _shared(plan: TrainablePlan, known: Fingerprints, part: Part) -> Shared | None:
    found = _fingerprints(plan, part)
    if found is None or found.basis != known.basis:
        return None
    ordered = np.sort(known.numbers)
    first, end = (np.searchsorted(ordered, found.numbers, side) for side in ("left", "right"))
    count = int((first < end).sum())
    return Shared(count, len(part), _usual(plan, ordered) if count else 0.0)


def _fingerprints(plan: TrainablePlan, part: Part) -> Fingerprints | None:
    return fingerprints(part, _counting(plan))


def _counting(plan: TrainablePlan) -> list[Field]:
    """The fields by which samples are known: what goes in, and what should come out.

    Without the targets, repeated measurements of one thing would be one sample. Pairs are drawn anew from a
    set that has grown; each of its images is once the left one.
    """
    binding = plan.binding
    if plan.data.task == "pairs":
        return [binding.field("left")]
    inputs, targets = ((each.field for each in binding.inputs), (each.field for each in binding.targets))
    names = dict.fromkeys((*inputs, *targets))
    return [binding.field(name) for name in names]


def _usual(plan: TrainablePlan, ordered: Numbers) -> float:
    fed = {each.input: each.shape for each in plan.binding.inputs}
    size = sum(prod(length or 1 for length in shape) for shape in fed.values())
    if size >= _NEVER_BY_CHANCE or not len(ordered):
        return 0.0
    is_next = np.concatenate([[False], ordered[1:] == ordered[:-1], [False]])
    return float((is_next[1:] | is_next[:-1]).mean())


def _is_worth_saying(shared: Shared) -> bool:
    return shared.count > max(shared.by_chance + 1, _WORTH_SAYING * shared.samples)


def _copies(name: str, shared: Shared) -> str:
    return (
        f"{shared.count:,} of the {shared.samples:,} samples in the {name} {_are(shared.count)} also in the "
        "training set, so the results on it are too good: remove the copies from the data"
    )


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
