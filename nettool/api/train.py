"""Train a spec, and keep everything in a new run."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.api.asked import engine_options, place
from nettool.api.interrupt import stoppable
from nettool.api.progress import default_listener
from nettool.api.run import Run
from nettool.api.spec import Spec, as_spec
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
    """Train a spec (or the one in a file), evaluate it, and keep everything in a new run in `runs_dir`.

    `name` is the run's, by default the spec's. `on_event` is called with each event (`RunStarted`,
    `EpochEnded` …); by default each is a line, in a notebook a display that follows each step. Files of data
    are looked for in `data_dir`; a data set that is not there is downloaded unless `offline`. `backend` is
    `tensorflow` or `jax`, `device` `auto`, `cpu`, `gpu:0` or several as in `gpu:0,1`. `allow_code` lets the
    spec's own Python files be run.

    Trainings of one process are independent: with one seed they come to equal weights. Ctrl-C, or a
    notebook's stop button, stops after the running step; `Run.resume` continues from there.

    Raises SpecError for a spec that cannot be trained, DataError, CallError for a bad name, device or
    backend, BuildFailed where Keras refuses a node, TrainingFailed where a loss is not finite, OutOfMemory,
    and OSError when the run cannot be written. The run's directory, once made, says what happened.
    """
    loaded = as_spec(spec).loaded
    trainable = job.trainable_spec(loaded, allow_code=allow_code)
    options = RunOptions(
        runs_dir=Path(runs_dir),
        name=name,
        place=place(data_dir, offline=offline),
        engine=engine_options(backend, device, allow_code=allow_code),
        request=RunRequest(command=_command(loaded, name)),
        on_event=on_event or default_listener(),
        stoppable=stoppable,
    )
    finished = job.train(trainable, options)
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
