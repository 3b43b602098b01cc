"""What is to be worked on: a spec file, or a run, by path or by name."""

from collections.abc import Callable, Sequence
from pathlib import Path

from nettool.diagnostics.diagnostic import Diagnostic
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.front_end import load, load_network
from nettool.graph.network import Graph
from nettool.graph.node_address import node_address
from nettool.graph.plan import Plan
from nettool.jobs.call_error import CallError
from nettool.record.files.spec_files import resolved_path
from nettool.record.files.status import trial_in
from nettool.record.run_directory import RunDirectory
from nettool.record.runs.find_run import find_run, is_pattern, run_label
from nettool.record.runs.find_run import fitting_runs as runs_that_fit
from nettool.spec.yaml.source_file import ENDINGS

Say = Callable[[str], None]
"""Is called with a note, one line without a full stop."""


def load_spec_or_run(
    text: str, runs_dir: Path, say: Say, overrides: Sequence[str] = (), data: str | None = None
) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan of a spec file or a run, and warnings; `data` names a data set in the place of the spec's.

    Raises SpecError, and CallError when there is neither.
    """
    path = Path(text)
    if _is_spec(path):
        return load(path, overrides, data)
    run = _found(text, runs_dir, say)
    if run is not None:
        return load(resolved_path(run), overrides, data)
    raise CallError(f"there is neither a spec file nor a run `{text}` (runs are sought in {runs_dir}/)")


def run_of(text: str, runs_dir: Path, say: Say) -> RunDirectory | None:
    """The run that `text` means; None when it means a spec file."""
    return None if _is_spec(Path(text)) else _found(text, runs_dir, say)


def required_run(text: str, runs_dir: Path, say: Say) -> RunDirectory:
    """The run that `text` means. Raises CallError when there is none."""
    run = _found(text, runs_dir, say)
    if run is None:
        raise CallError(f"there is no run `{text}` (runs are sought in {runs_dir}/)")
    return run


def fitting_runs(texts: Sequence[str], runs_dir: Path, say: Say) -> list[RunDirectory]:
    """The runs that are meant, by name or by pattern, each once. Raises CallError for one that means none."""
    runs: dict[Path, RunDirectory] = {}
    for text in texts:
        meant = runs_that_fit(runs_dir, text) if is_pattern(text) else []
        for run in meant or [required_run(text, runs_dir, say)]:
            runs[run.path] = run
    return list(runs.values())


def saved_network(run: RunDirectory) -> Plan:
    """The plan of a run's network, without a look at its data. Raises SpecError and OSError."""
    return load_network(resolved_path(run))


def chosen_graph(plan: Plan, view: str | None) -> Graph:
    """The plan's network, or one of its views. Raises CallError when there is no such view."""
    if view is None:
        return plan.graph
    if view not in plan.views:
        known = f"its views are {listing(plan.views)}" if plan.views else "it has no `views`"
        raise CallError(f"the spec has no view `{view}`: {did_you_mean(view, plan.views) or known}")
    return plan.views[view]


def required_address(plan: Plan, node: str) -> str:
    """The address of what the user calls a node. Raises CallError when nothing is called so."""
    try:
        return node_address(plan, node)
    except ValueError as error:
        raise CallError(str(error)) from error


def _is_spec(path: Path) -> bool:
    return path.is_file() or path.suffix in ENDINGS


def _found(text: str, runs_dir: Path, say: Say) -> RunDirectory | None:
    """The run that `text` means, or None; a trial that it means only for want of another is noted."""
    run = find_run(runs_dir, text)
    trial = None if run is None or Path(text).name == run.path.name else trial_in(run)
    if run is not None and trial is not None:
        say(f"{run_label(run)} is a trial ({trial}); there is no other run")
    return run
