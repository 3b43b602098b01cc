"""`nettool reproduce`: repeat a run from its directory alone, and say whether it comes to the same."""

import sys
from pathlib import Path

import click

from nettool.cli.command import Section, command, option
from nettool.cli.options.common import (
    allow_code_option,
    device_option,
    place_options,
    run_argument,
    runs_dir_option,
)
from nettool.cli.options.diagnostics import diagnostics_option
from nettool.cli.options.engine_options import engine_options
from nettool.cli.options.spec_or_run import required_run
from nettool.cli.output.exit_codes import ExitCode
from nettool.cli.output.json_event import print_event
from nettool.cli.output.listeners import chosen_listener
from nettool.cli.output.output import Output
from nettool.cli.output.streams import continue_without_reader
from nettool.data.place import Place
from nettool.engine.devices.device_choice import DeviceChoice
from nettool.jobs.run_options import RunOptions
from nettool.record.disk.json_form import plain_facts
from nettool.record.files.run_request import RunRequest


@command(examples=("nettool reproduce digits_cnn",))
@run_argument
@click.option(
    "--keep/--no-keep", default=True, show_default=True, help="Whether the repetition stays among the runs."
)
@runs_dir_option
@place_options
@device_option
@allow_code_option
@diagnostics_option
@option(
    "--quiet",
    is_flag=True,
    help="Print nothing but the outcome, warnings and errors.",
    section=Section.OUTPUT,
)
@option("--json", "as_json", is_flag=True, help="Print one JSON object per event.", section=Section.OUTPUT)
def reproduce(
    run: str,
    keep: bool,
    runs_dir: Path,
    place: Place,
    device: DeviceChoice | None,
    allow_code: bool,
    quiet: bool,
    as_json: bool,
) -> ExitCode:
    """Repeat a finished run from its directory alone, and compare what it comes to.

    RUN is a run directory, a name (its newest run), NAME/STAMP, or `latest` for the newest run of all.

    The run's resolved spec is trained anew, with its seed, in a run of its own. Spec, checksums of the data,
    losses and metrics of every epoch and of the test set, and all weights are compared to the bit: either
    they are identical, or the first thing that differs is named.

    Exit status: 0 identical, 1 something differs or the repetition failed, 130 interrupted.
    """
    continue_without_reader()
    output = Output(quiet, as_json)
    from nettool.cli.training.interrupts import stoppable
    from nettool.jobs.open_run import OpenRun
    from nettool.jobs.train.reproduce import reproduce as repeat

    options = RunOptions(
        runs_dir=runs_dir,
        place=place,
        engine=engine_options(None, device, allow_code=allow_code, output=output),
        request=RunRequest(command=tuple(sys.argv[1:])),
        progress=output.has_bars,
        on_event=chosen_listener(output),
        stoppable=stoppable,
    )
    repetition = repeat(OpenRun(required_run(run, runs_dir), run), options, keep=keep)
    compared = repetition.compared
    if compared is None:
        return ExitCode.INTERRUPTED
    equal = ", ".join(compared.equal)
    if as_json:
        print_event("compared", plain_facts(compared))
    elif compared.difference is None:
        click.echo(f"identical: {equal}")
    else:
        click.echo(f"different: {compared.difference}" + (f" (equal: {equal})" if equal else ""))
    for note in () if as_json else (*repetition.notes, *compared.notes):
        click.echo(f"note: {note}", err=quiet)
    return ExitCode.DONE if compared.difference is None else ExitCode.RUN_FAILED
