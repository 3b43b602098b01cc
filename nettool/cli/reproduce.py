"""`nettool reproduce`: repeat a run from its directory alone, and say whether it comes to the same."""

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from nettool.cli.as_the_run import start_as
from nettool.cli.complete import runs
from nettool.cli.exit_codes import ExitCode
from nettool.cli.listeners import chosen_listener
from nettool.cli.options import (
    allow_code_option,
    data_dir_option,
    device_option,
    offline_option,
    runs_dir_option,
)
from nettool.cli.starting import require_leave, require_room
from nettool.cli.streams import go_on_without_reader
from nettool.cli.subject import needed_run
from nettool.cli.told import diagnostics_option
from nettool.engine.devices.device_choice import DeviceChoice
from nettool.graph.trainable_plan import trainable
from nettool.jobs.trained_plan import run_plan
from nettool.record.files.provenance import read_provenance
from nettool.record.files.spec_files import resolved_path
from nettool.record.files.status import read_status, trial_in
from nettool.record.run_directory import RunDirectory


@click.command()
@click.argument("run", metavar="RUN", shell_complete=runs)
@click.option(
    "--keep/--no-keep", default=True, show_default=True, help="Whether the repetition stays among the runs."
)
@runs_dir_option
@data_dir_option
@offline_option
@device_option
@allow_code_option
@diagnostics_option
@click.option("--quiet", is_flag=True, help="Print nothing but the verdict, warnings and errors.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per event.")
def reproduce(
    run: str,
    keep: bool,
    runs_dir: Path,
    data_dir: Path | None,
    offline: bool,
    device: DeviceChoice | None,
    allow_code: bool,
    quiet: bool,
    as_json: bool,
) -> ExitCode:
    """Repeat a finished run from its directory alone, and compare what it comes to.

    RUN is a run directory, a name (its newest run), NAME/STAMP, or `latest` for the newest run of all.

    The run's resolved spec is trained anew, with its seed, in a run of its own. Spec, checksums of the data,
    the figures of every epoch and of the test part and all weights are compared to the bit: either they are
    identical, or the first thing that differs is named.

    Exit status: 0 identical, 1 something differs or the repetition failed, 130 interrupted.
    """
    go_on_without_reader()
    original = needed_run(run, runs_dir)
    _require_finished(original, run)
    from nettool.jobs.same_outcome import require_outcome

    require_outcome(original)
    plan = trainable(run_plan(original))
    require_leave(plan.python, is_allowed=allow_code)
    if keep:
        require_room(runs_dir)
    listener = chosen_listener(is_quiet=quiet, as_json=as_json)
    from nettool.data.place import Place
    from nettool.jobs.early_data import EarlyData

    place = Place(data_dir, offline)
    early = EarlyData(plan, place)
    notes = start_as(original, plan.python, device, is_silent=quiet or as_json)
    from nettool.cli.interrupts import stoppable
    from nettool.engine.stop_signal import StopSignal
    from nettool.jobs.experiment import Experiment
    from nettool.jobs.reproduce_run import reproduce_run

    facts = read_provenance(original) or {}
    stop = StopSignal()
    with ExitStack() as stack:
        folder = runs_dir if keep else Path(stack.enter_context(TemporaryDirectory(prefix="nettool-")))
        experiment = Experiment(
            plan,
            str(facts.get("spec", resolved_path(original))),
            original.path.parent.name,
            folder,
            place,
            tuple(sys.argv[1:]),
            trial=trial_in(original),
            progress=not (quiet or as_json) and sys.stderr.isatty(),
            early=early,
        )
        stack.enter_context(stoppable(stop))
        repetition = reproduce_run(original, experiment, listener, stop)
    compared = repetition.compared
    if compared is None:
        return ExitCode.INTERRUPTED
    equal = ", ".join(compared.equal)
    if as_json:
        difference = compared.difference
        click.echo(json.dumps({"event": "compared", "equal": compared.equal, "difference": difference}))
    elif compared.difference is None:
        click.echo(f"identical: {equal}")
    else:
        click.echo(f"different: {compared.difference}" + (f" (equal: {equal})" if equal else ""))
    for note in () if as_json else (*notes, *compared.notes):
        click.echo(f"note: {note}", err=quiet)
    return ExitCode.DONE if compared.difference is None else ExitCode.RUN_FAILED


def _require_finished(run: RunDirectory, text: str) -> None:
    status = read_status(run)
    if status is None or status.state != "finished":
        raise click.UsageError(
            f"the run `{text}` is not finished; `nettool train --resume {text}` goes on with it"
        )
