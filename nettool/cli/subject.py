"""What a command is about: a spec file, or a run whose spec is taken from its directory."""

from collections.abc import Sequence
from pathlib import Path

import click

from nettool.diagnostics.diagnostic import Diagnostic
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.front_end import load
from nettool.graph.network import Graph
from nettool.graph.plan import Plan
from nettool.record.files.spec_files import resolved_path
from nettool.record.files.status import trial_in
from nettool.record.run_directory import RunDirectory
from nettool.record.runs.find_run import find_run, run_label


def load_subject(
    text: str, runs_dir: Path, overrides: Sequence[str] = (), data: str | None = None
) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan of `SPEC|RUN`. Raises SpecError, or a usage error when there is neither."""
    path = Path(text)
    if path.is_file() or path.suffix in (".yaml", ".yml"):
        return load(path, overrides, data)
    run = _found(text, runs_dir)
    if run is not None:
        return load(resolved_path(run), overrides, data)
    raise click.UsageError(
        f"there is neither a spec file nor a run `{text}` (runs are sought in {runs_dir}/)"
    )


def run_of(text: str, runs_dir: Path) -> RunDirectory | None:
    """The run that `SPEC|RUN` means; None when it means a spec file."""
    path = Path(text)
    return None if path.is_file() or path.suffix in (".yaml", ".yml") else _found(text, runs_dir)


def chosen_graph(plan: Plan, view: str | None) -> Graph:
    """The plan's network, or one of its views; a usage error when there is no such view."""
    if view is None:
        return plan.graph
    if view not in plan.views:
        known = f"its views are {listing(plan.views)}" if plan.views else "it has no `views`"
        raise click.UsageError(f"the spec has no view `{view}`: {did_you_mean(view, plan.views) or known}")
    return plan.views[view]


def needed_run(text: str, runs_dir: Path) -> RunDirectory:
    """The run that a command was given; a usage error when there is none."""
    run = _found(text, runs_dir)
    if run is None:
        raise click.UsageError(f"there is no run `{text}` (runs are sought in {runs_dir}/)")
    return run


def _found(text: str, runs_dir: Path) -> RunDirectory | None:
    """The run that `text` means, or None; a trial that it means only for want of another is noted."""
    run = find_run(runs_dir, text)
    trial = None if run is None or Path(text).name == run.path.name else trial_in(run)
    if run is not None and trial is not None:
        click.echo(f"note: {run_label(run)} is a trial ({trial}); there is no other run", err=True)
    return run
