"""`nettool evaluate`: loss and metrics of a run's saved model on a part of its data, or of other data."""

import json
from pathlib import Path
from typing import cast

import click

from nettool.cli.command import command
from nettool.cli.options.common import (
    allow_code_option,
    backend_option,
    checkpoint_option,
    data_option,
    device_option,
    json_option,
    place_options,
    run_argument,
    runs_dir_option,
    set_option,
)
from nettool.cli.options.diagnostics import diagnostics_option
from nettool.cli.options.engine_options import engine_options
from nettool.cli.options.spec_or_run import required_run
from nettool.cli.output.listeners import print_notes
from nettool.cli.output.output import Output, fitted
from nettool.data.place import Place
from nettool.data.sources.source import PartName
from nettool.engine.devices.device_choice import DeviceChoice
from nettool.engine.devices.start import Backend
from nettool.jobs.evaluate.evaluate import evaluate as measure
from nettool.jobs.open_run import OpenRun
from nettool.jobs.run_options import RunOptions
from nettool.record.checkpoints.model_files import Checkpoint
from nettool.record.events.event_text import metrics_text, samples_text


@command(
    examples=("nettool evaluate digits_cnn", "nettool evaluate latest --checkpoint best --part validation")
)
@run_argument
@checkpoint_option
@click.option(
    "--part",
    type=click.Choice(["test", "validation", "train"]),
    default="test",
    show_default=True,
    help="Which set of samples; the data are split as they were for the training.",
)
@data_option
@set_option
@runs_dir_option
@place_options
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
    place: Place,
    backend: Backend | None,
    device: DeviceChoice | None,
    allow_code: bool,
    as_json: bool,
) -> None:
    """Measure a run's saved model on the test set of its data.

    RUN is a run directory, a name (its newest run), NAME/STAMP, or `latest` for the newest run of all.

    Other data (by --data or --set data.…) are prepared as the run's own were: with the same normalization
    and the same classes. If they have no test set, all of them are measured.
    """
    output = Output(as_json=as_json)
    opened = OpenRun(required_run(run, runs_dir), run, cast("Checkpoint", checkpoint))
    options = RunOptions(
        place=place,
        engine=engine_options(backend, device, allow_code=allow_code, output=output),
        on_event=print_notes,
    )
    measured = measure(opened, options, part=cast("PartName", part), overrides=overrides, data=data)
    if as_json:
        facts = {
            "run": str(opened.directory.path),
            "checkpoint": measured.checkpoint,
            "part": measured.part,
            "samples": measured.samples,
            "left_out": measured.left_out,
            "figures": measured.metrics,
        }
        click.echo(json.dumps(facts))
    else:
        samples = samples_text(measured.samples, measured.left_out)
        click.echo(fitted(f"{measured.part} ({samples})  {metrics_text(measured.metrics)}"))
