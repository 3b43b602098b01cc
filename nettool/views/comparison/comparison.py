"""Runs against each other, as data: what differs in their specs and around them, and what came of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nettool.record.account import Account
from nettool.views.comparison.differences import Difference, differences

Rows = Sequence[Mapping[str, float]]
"""The epochs of a run, as metrics.csv has them."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a comparison needs to know of one run."""

    account: Account
    spec: Mapping[str, object]
    circumstances: Mapping[str, object]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Comparison:
    """The runs in the order in which they were asked for; they are numbered from 1."""

    accounts: tuple[Account, ...]
    spec: tuple[Difference, ...]
    circumstances: tuple[Difference, ...]
    rows: tuple[Rows, ...]


def compared(runs: Sequence[Seen]) -> Comparison:
    """What is the same in all is left out."""
    return Comparison(
        tuple(run.account for run in runs),
        differences([run.spec for run in runs]),
        differences([run.circumstances for run in runs]),
        tuple(run.rows for run in runs),
    )
