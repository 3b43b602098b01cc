"""Runs side by side: what is read of each, and what differs."""

from collections.abc import Mapping
from datetime import datetime

from nettool.jobs.call_error import CallError
from nettool.record.account import account_of
from nettool.record.circumstances import circumstances
from nettool.record.metrics_file import read_metrics
from nettool.record.resolved_spec import resolved_spec
from nettool.record.run_directory import RunDirectory
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
    account = account_of(run, label, datetime.now().astimezone())
    return Seen(account, resolved_spec(run), circumstances(run), read_metrics(run))
