"""Runs side by side: what is read of each, and what differs."""

from collections.abc import Mapping
from datetime import datetime

from nettool.jobs.call_error import CallError
from nettool.record.environment import environment
from nettool.record.files.metrics_file import read_metrics
from nettool.record.files.observations import Observations, read_observations
from nettool.record.files.resolved_spec import resolved_spec
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory
from nettool.record.run_summary import summary_of_run
from nettool.views.comparison.comparison import Comparison, Seen, compared
from nettool.views.style import RUN_LOOKS


def compare(runs: Mapping[str, RunDirectory]) -> Comparison:
    """What differs between these runs, which are shown under the names that they have here.

    Raises CallError when they are one, or too many to tell their curves apart; RunDamaged.
    """
    if not 2 <= len(runs) <= len(RUN_LOOKS):
        raise CallError(f"compare takes 2 to {len(RUN_LOOKS)} different runs, not {len(runs)}")
    return compared([_seen(run, label) for label, run in runs.items()])


def _seen(run: RunDirectory, label: str) -> Seen:
    summary = summary_of_run(run, label, datetime.now().astimezone())
    return Seen(summary, resolved_spec(run), environment(run), read_metrics(run), _observed(run))


def _observed(run: RunDirectory) -> Observations | None:
    """Nothing where it cannot be read: only intervals are made of it."""
    try:
        return read_observations(run)
    except RunDamaged:
        return None
