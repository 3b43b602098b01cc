"""Trains one spec from the beginning, and records the run."""

import sys
from pathlib import Path

from nettool.cli.boundary import tell
from nettool.cli.listeners import chosen_listener
from nettool.cli.run_name import checked_name, not_latest
from nettool.cli.starting import require_leave, require_room, start_engine
from nettool.cli.told import judged
from nettool.cli.verdict import report
from nettool.data.place import Place
from nettool.diagnostics.diagnostic import SpecError
from nettool.engine.devices.device_choice import DeviceChoice
from nettool.engine.devices.start import Backend
from nettool.front_end import load
from nettool.graph.trainable_plan import TrainablePlan, missing_for_training, trainable

_RESULT_KEYS = ("name", "meta", "expect", "train.seed", "train.tensorboard", "train.deterministic")
"""Overrides of these leave what a run measures as the spec's author meant it."""


def train_one(
    spec: Path,
    overrides: tuple[str, ...],
    data: str | None,
    name: str | None,
    runs_dir: Path,
    data_dir: Path | None,
    backend: Backend,
    device: DeviceChoice,
    *,
    offline: bool,
    dry_run: bool,
    allow_code: bool,
    strict: bool,
    is_quiet: bool,
    as_json: bool,
) -> int:
    """The exit status. Everything that can be refused is refused before TensorFlow is loaded."""
    plan = _trainable(spec, overrides, data, allow_code=allow_code, strict=strict)
    run_name = not_latest(plan.graph.name) if name is None else checked_name(name)
    if not dry_run:
        require_room(runs_dir)
    listener = chosen_listener(is_quiet=is_quiet, as_json=as_json)
    from nettool.jobs.early_data import EarlyData

    place = Place(data_dir, offline or dry_run)
    early = EarlyData(plan, place, will_be_used=not dry_run)
    start_engine(plan.python, is_silent=is_quiet or as_json, backend=backend, device=device)
    from nettool.cli.interrupts import stoppable
    from nettool.engine.stop_signal import StopSignal
    from nettool.jobs.experiment import Experiment
    from nettool.jobs.run import run_experiment
    from nettool.jobs.trial import trial_of

    experiment = Experiment(
        plan,
        str(spec),
        run_name,
        runs_dir,
        place,
        tuple(sys.argv[1:]),
        overrides,
        _unchecked(overrides, data),
        trial_of(plan.training, overrides, plan.text, spec.parent),
        progress=not (is_quiet or as_json) and sys.stderr.isatty(),
        early=early,
    )
    if dry_run:
        from nettool.cli.dry_run import tell_dry_run

        return tell_dry_run(experiment, is_quiet=is_quiet, as_json=as_json)
    stop = StopSignal()
    with stoppable(stop):
        finished = run_experiment(experiment, listener, stop)
    return report(finished, is_quiet=is_quiet, as_json=as_json)


def _trainable(
    spec: Path, overrides: tuple[str, ...], data: str | None, *, allow_code: bool, strict: bool
) -> TrainablePlan:
    """The plan of a spec that can be trained; its warnings are told."""
    plan, warnings = load(spec, overrides, data)
    missing = missing_for_training(plan)
    if missing:
        raise SpecError((*judged(warnings, strict=strict), *missing))
    found = trainable(plan)
    if strict and warnings:
        raise SpecError(judged(warnings, strict=True))
    require_leave(plan.python, is_allowed=allow_code)
    tell(warnings)
    return found


def _unchecked(overrides: tuple[str, ...], data: str | None) -> str | None:
    """Why claims about results are not checked: they hold for the spec as it is written."""
    if data is not None:
        return f"--data {data} was given"
    for text in overrides:
        path = text.partition("=")[0].strip()
        if not any(path == key or path.startswith(f"{key}.") for key in _RESULT_KEYS):
            return f"`{path}` was overridden"
    return None
