"""`nettool evaluate`: the figures of a run's saved model on a part of its data, or of other data."""

import json
from pathlib import Path
from typing import cast

import click

from nettool.cli.as_the_run import backend_of, one_device
from nettool.cli.complete import runs
from nettool.cli.options import (
    allow_code_option,
    backend_option,
    data_dir_option,
    data_option,
    device_option,
    json_option,
    offline_option,
    runs_dir_option,
    set_option,
)
from nettool.cli.starting import require_leave, start_engine
from nettool.cli.subject import needed_run
from nettool.cli.told import diagnostics_option
from nettool.data.sources.source import PartName
from nettool.engine.devices.device_choice import DeviceChoice
from nettool.engine.devices.start import Backend
from nettool.graph.trainable_plan import trainable
from nettool.jobs.trained_plan import run_plan
from nettool.record.checkpoints.model_files import Checkpoint, model_path
from nettool.record.events.event_text import figures_text, samples_text
from nettool.record.events.events import Event, Note


@click.command()
@click.argument("run", metavar="RUN", shell_complete=runs)
@click.option(
    "--checkpoint",
    type=click.Choice(["last", "best"]),
    default="last",
    show_default=True,
    help="Which of the run's two models.",
)
@click.option(
    "--part",
    type=click.Choice(["test", "validation", "train"]),
    default="test",
    show_default=True,
    help="Which part of the data; divided as they were for the training.",
)
@data_option
@set_option
@runs_dir_option
@data_dir_option
@offline_option
@backend_option
@device_option
@allow_code_option
@json_option
@diagnostics_option
def evaluate(
    run: str,
    checkpoint: str,
    part: str,
    data: str | None,
    overrides: tuple[str, ...],
    runs_dir: Path,
    data_dir: Path | None,
    offline: bool,
    backend: Backend | None,
    device: DeviceChoice | None,
    allow_code: bool,
    as_json: bool,
) -> None:
    """Measure a run's saved model on the test part of its data.

    RUN is a run directory, a name (its newest run), NAME/STAMP, or `latest` for the newest run of all.

    Other data (by --data or --set data.…) are treated as the run's own were: with its figures for
    normalizing, and with its classes. Where they have no test part, all of them are measured.
    """
    _only_data(overrides)
    directory = needed_run(run, runs_dir)
    which = cast("Checkpoint", checkpoint)
    if not model_path(directory, which).is_file():
        raise click.UsageError(
            f"the run `{run}` holds no `{checkpoint}` model: {model_path(directory, which)}"
        )
    own = run_plan(directory)
    plan = trainable(run_plan(directory, overrides, data) if overrides or data is not None else own)
    require_leave(plan.python, is_allowed=allow_code)
    start_engine(
        plan.python, is_silent=as_json, backend=backend or backend_of(directory), device=one_device(device)
    )
    from nettool.data.place import Place
    from nettool.jobs.evaluate_run import evaluate_run

    measured = evaluate_run(
        directory,
        plan,
        which,
        Place(data_dir, offline),
        _tell_notes,
        part=cast("PartName", part),
        own=own.data,
    )
    if as_json:
        facts = {
            "run": str(directory.path),
            "checkpoint": measured.checkpoint,
            "part": measured.part,
            "samples": measured.samples,
            "left_out": measured.left_out,
            "figures": measured.figures,
        }
        click.echo(json.dumps(facts))
    else:
        samples = samples_text(measured.samples, measured.left_out)
        click.echo(f"{measured.part} ({samples})  {figures_text(measured.figures)}")


def _only_data(overrides: tuple[str, ...]) -> None:
    for text in overrides:
        path = text.partition("=")[0].strip()
        if path.partition(".")[0] != "data":
            raise click.UsageError(
                f"evaluate measures the run as it is: only `data` can be set, not `{path}`"
            )


def _tell_notes(event: Event) -> None:
    if isinstance(event, Note):
        click.echo(f"note: {event.text}", err=True)
