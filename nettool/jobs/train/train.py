"""A spec is trained from the beginning, or shown as it would be: what can be refused is refused first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.diagnostics.caller import by_caller
from nettool.diagnostics.diagnostic import SpecError
from nettool.front_end import written_training
from nettool.graph.trainable_plan import TrainablePlan, missing_for_training, trainable
from nettool.jobs.preflight import require_permission, require_room, start_engine
from nettool.jobs.run.experiment import Experiment, Finished
from nettool.jobs.run_options import RunOptions
from nettool.jobs.spec.loaded_spec import LoadedSpec, with_severity
from nettool.jobs.train.run_name import checked_name, not_latest
from nettool.record.events.event_text import samples_text
from nettool.spec.overrides import overridden_path
from nettool.spec.train.training import Training

if TYPE_CHECKING:
    from nettool.engine.stop_signal import StopSignal
    from nettool.jobs.train.planned_run import DryRun

_RESULT_KEYS = ("name", "meta", "expect", "train.seed", "train.tensorboard", "train.deterministic")
"""Overrides of these leave what a run measures as the spec's author meant it."""


@dataclass(frozen=True, slots=True)
class TrainableSpec:
    """A spec that was loaded, and its plan as one that can be trained."""

    loaded: LoadedSpec
    plan: TrainablePlan


def trainable_spec(spec: LoadedSpec, *, allow_code: bool, strict: bool = False) -> TrainableSpec:
    """The spec as one that can be trained; when `strict`, one with warnings is refused.

    Raises SpecError, and DataMissing where the spec's own data are not there.
    """
    missing = missing_for_training(spec.plan)
    warnings = with_severity(spec.warnings, strict=strict)
    if missing:
        raise SpecError((*warnings, *missing))
    plan = trainable(spec.plan)
    if strict and warnings:
        raise SpecError(warnings)
    require_permission(plan.python, is_allowed=allow_code)
    return TrainableSpec(spec, plan)


def train(spec: TrainableSpec, options: RunOptions) -> Finished:
    """Train a spec, and record the run.

    Raises CallError for a name that no run can have, and what `start_engine` and `run_experiment` raise.
    """
    name = _run_name(spec, options)
    require_room(options.runs_dir)
    experiment = _begun(spec, name, options)
    from nettool.jobs.run.run_experiment import run_experiment

    return stoppable(options, lambda stop: run_experiment(experiment, options.on_event, stop))


def dry_run(spec: TrainableSpec, options: RunOptions) -> DryRun:
    """Load the data and build the network; nothing is written or downloaded. Raises what `train` does."""
    offline = replace(options, place=replace(options.place, offline=True))
    experiment = _begun(spec, _run_name(spec, options), offline, will_be_used=False)
    from nettool.jobs.train.dry_run import dry_run as prepare_and_measure

    return prepare_and_measure(experiment)


def stoppable(options: RunOptions, work: Callable[[StopSignal], Finished]) -> Finished:
    """Do the work, with a signal that the caller may set to stop it."""
    from nettool.engine.stop_signal import StopSignal

    stop = StopSignal()
    with options.stoppable(stop):
        return work(stop)


def _run_name(spec: TrainableSpec, options: RunOptions) -> str:
    return not_latest(spec.plan.graph.name) if options.name is None else checked_name(options.name)


def _begun(spec: TrainableSpec, name: str, options: RunOptions, *, will_be_used: bool = True) -> Experiment:
    """The experiment, its data being loaded, the engine started meanwhile."""
    from nettool.jobs.run.early_data import EarlyData

    plan = spec.plan
    early = EarlyData(plan, options.place, will_be_used=will_be_used)
    start_engine(plan.python, options.engine)
    return Experiment(
        plan=plan,
        spec=str(spec.loaded.path),
        name=name,
        runs_dir=options.runs_dir,
        place=options.place,
        request=options.request,
        overrides=spec.loaded.overrides,
        unchecked=_unchecked(spec.loaded),
        trial=trial_of(plan.training, spec.loaded.overrides, plan.text, spec.loaded.path.parent),
        progress=options.progress,
        waiting=options.engine.waiting,
        early=early,
    )


def _unchecked(spec: LoadedSpec) -> str | None:
    """Why expectations about results are not checked: they hold for the spec as it is written."""
    if spec.data is not None:
        other = by_caller(command_line=f"--data {spec.data}", python=f'`data="{spec.data}"`')
        return f"{other} was given"
    for text in spec.overrides:
        path = overridden_path(text)
        if not any(path == key or path.startswith(f"{key}.") for key in _RESULT_KEYS):
            return f"`{path}` was overridden"
    return None


def trial_of(training: Training, overrides: Sequence[str], text: str, folder: Path) -> str | None:
    """What makes a run with these settings a trial, in words; None for a run as its spec asks for.

    `text` is the spec as it was before `overrides`, with includes from `folder`.
    """
    if training.overfit is not None:
        return f"overfit check on {samples_text(training.overfit)}"
    if not any(overridden_path(override).startswith("train") for override in overrides):
        return None
    written = written_training(text, folder)
    if training.limit_steps is not None and (written is None or training.limit_steps != written.limit_steps):
        return f"at most {training.limit_steps:,} steps"
    epochs = (written or Training()).epochs
    return f"{training.epochs:,} of {epochs:,} epochs" if training.epochs < epochs else None
