"""Train a spec, and keep everything in a new run."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.api.arguments import path_of, text_of
from nettool.api.interrupt import stoppable
from nettool.api.options import engine_options, place
from nettool.api.progress import listener
from nettool.api.run import Run
from nettool.api.spec import Spec, as_spec
from nettool.jobs.at_work import at_work
from nettool.jobs.run_options import RunOptions
from nettool.jobs.spec.loaded_spec import LoadedSpec
from nettool.jobs.train import train as job
from nettool.record.files.run_request import RunRequest

if TYPE_CHECKING:
    from nettool.engine.devices.start import Backend
    from nettool.record.events.events import Listener


def train(
    spec: Spec | str | Path,
    *,
    runs_dir: str | Path = "runs",
    name: str | None = None,
    on_event: Listener | None = None,
    data_dir: str | Path | None = None,
    offline: bool = False,
    backend: Backend | None = None,
    device: str | None = None,
    allow_code: bool = False,
) -> Run:
    """Train a spec (or a spec file), evaluate it, and keep everything in a new run in `runs_dir`.

    `name` is the name of the run; without it, the run has the name of the spec. `on_event` is called with
    each event (`RunStarted`, `EpochEnded` …). Without it, a program prints a line for each event, and a
    notebook shows a display that changes with each step. nettool looks for files of data in `data_dir` first.
    It downloads a data set that is missing, but not with `offline=True`. `backend` is `tensorflow` or `jax`.
    `device` is `auto`, `cpu`, `gpu:0`, or several as in `gpu:0,1`. With `allow_code`, the spec's own Python
    files may be run.

    Trainings of one process are independent: the same seed gives the same weights. In several threads, one
    waits for the other. Ctrl-C, or the stop button of a notebook, stops after the current step; `Run.resume`
    continues there.

    Raises SpecError for a spec that cannot be trained, DataError, CallError for a wrong argument or a device
    or backend that is not there, BuildFailed when Keras refuses a node, UserCodeFailed, TrainingFailed when a
    loss is not finite, OutOfMemory, and OSError or CannotRecord when the run cannot be written. The run's
    directory, once made, says what happened.
    """
    loaded = as_spec(spec).loaded
    options = RunOptions(
        runs_dir=path_of("runs_dir", runs_dir),
        name=None if name is None else text_of("name", name),
        place=place(data_dir, offline=offline),
        engine=engine_options(backend, device, allow_code=allow_code),
        request=RunRequest(command=_command(loaded, name)),
        on_event=listener(on_event),
        stoppable=stoppable,
    )
    with at_work():
        finished = job.train(job.trainable_spec(loaded, allow_code=allow_code), options)
    # A model and what TensorFlow traced of it refer to each other: without this they would stay for long.
    gc.collect()
    return Run(finished.run)


def _command(spec: LoadedSpec, name: str | None) -> tuple[str, ...]:
    """What would have been typed behind `nettool`, for the run's report to say how it is repeated."""
    command = ["train", str(spec.path)]
    for override in spec.overrides:
        command += ["--set", override]
    if spec.data is not None:
        command += ["--data", spec.data]
    return tuple(command if name is None else [*command, "--name", name])
