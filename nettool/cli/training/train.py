"""`nettool train`: train a spec and record the run; with --smoke, see whether specs train at all."""

import sys
from pathlib import Path

import click
from click.core import ParameterSource

from nettool.cli.command import Section, command, option
from nettool.cli.options.ci_reports import CiReports, ci_report_options
from nettool.cli.options.common import (
    allow_code_option,
    backend_option,
    data_option,
    device_option,
    place_options,
    runs_dir_option,
    set_option,
)
from nettool.cli.options.complete import runs, spec_files
from nettool.cli.options.diagnostics import diagnostics_option, strict_option
from nettool.cli.options.engine_options import engine_options
from nettool.cli.output.error_handler import report_diagnostics
from nettool.cli.output.exit_codes import ExitCode
from nettool.cli.output.listeners import chosen_listener
from nettool.cli.output.output import Output
from nettool.cli.output.streams import continue_without_reader
from nettool.cli.output.waiting import waiting
from nettool.data.place import Place
from nettool.engine.devices.device_choice import DeviceChoice
from nettool.engine.devices.start import Backend
from nettool.jobs.run_options import RunOptions
from nettool.record.files.run_request import RunRequest

_ONLY_AT_THE_START = frozenset(
    {
        *("specs", "overrides", "batch_size", "seed", "name", "data", "smoke", "strict"),
        *("limit_steps", "overfit", "dry_run", "backend"),
    }
)
"""Options that only a new run has."""


@command(
    examples=(
        "nettool train configs/digits_cnn.yaml",
        "nettool train configs/digits_cnn.yaml --epochs 3 --name short",
        "nettool train configs/digits_cnn.yaml --watch",
        "nettool train --resume latest --epochs 30",
    )
)
@click.argument(
    "specs",
    nargs=-1,
    metavar="SPEC…",
    type=click.Path(path_type=Path),
    shell_complete=spec_files,
)
@set_option
@option(
    "--epochs", metavar="N", type=click.IntRange(min=1), help="Override train.epochs.", section=Section.SPEC
)
@option(
    "--batch-size",
    metavar="N",
    type=click.IntRange(min=1),
    help="Override train.batch_size.",
    section=Section.SPEC,
)
@option("--seed", metavar="N", type=click.IntRange(min=0), help="Override train.seed.", section=Section.SPEC)
@option(
    "--limit-steps",
    metavar="N",
    type=click.IntRange(min=1),
    help="Train for at most so many steps: whole epochs, or the first steps of one.",
    section=Section.SPEC,
)
@click.option(
    "--overfit",
    metavar="N",
    type=click.IntRange(min=1),
    help="Train and validate on the same N samples: can the network memorize them?",
)
@option(
    "--name",
    help="The run's name: its folder below the runs folder.  [default: the spec's]",
    section=Section.RUNS,
)
@runs_dir_option
@data_option
@place_options
@backend_option
@device_option
@click.option(
    "--resume",
    metavar="RUN",
    shell_complete=runs,
    help="Instead of a spec: resume a run exactly where it stopped; with --epochs N, up to epoch N.",
)
@click.option(
    "--smoke", is_flag=True, help="Only a few steps on random data; several specs; nothing written."
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Everything up to the first step, nothing written: samples, steps, memory.",
)
@click.option("--watch", is_flag=True, help="Show the report in a browser, drawn anew after every epoch.")
@allow_code_option
@strict_option
@diagnostics_option
@option("--quiet", is_flag=True, help="Print nothing but warnings and errors.", section=Section.OUTPUT)
@option("--json", "as_json", is_flag=True, help="Print one JSON object per event.", section=Section.OUTPUT)
@ci_report_options
def train(
    specs: tuple[Path, ...],
    overrides: tuple[str, ...],
    epochs: int | None,
    batch_size: int | None,
    seed: int | None,
    limit_steps: int | None,
    overfit: int | None,
    name: str | None,
    runs_dir: Path,
    data: str | None,
    place: Place,
    backend: Backend | None,
    device: DeviceChoice | None,
    resume: str | None,
    smoke: bool,
    dry_run: bool,
    watch: bool,
    allow_code: bool,
    strict: bool,
    reports: CiReports,
    quiet: bool,
    as_json: bool,
) -> int:
    """Train a spec, evaluate it, and keep everything in a new run directory.

    The network learns from the training set of the spec's data, is measured on the validation set after each
    epoch, and on the test set at the end. Ctrl-C stops after the running step and keeps what there is.
    --resume continues in the same directory, to the same metrics and weights as a run that was never stopped.

    --overfit trains on a few samples until their loss is next to nothing, which shows that spec, data and
    targets fit together. --dry-run loads the data and builds the network, says what would be run, and
    downloads nothing.

    RUN is a run directory, a name (its newest run), NAME/STAMP, or `latest` for the newest run of all.

    Exit status: 0 done, 1 the run failed, 2 the spec is wrong, 3 an expectation of the spec is not met,
    4 data are missing, 130 interrupted.
    """
    continue_without_reader()
    output = Output(quiet, as_json)
    if watch and (smoke or dry_run):
        raise click.UsageError("--watch shows a run; --smoke and --dry-run make none")
    from nettool.cli.training.interrupts import stoppable

    options = RunOptions(
        runs_dir=runs_dir,
        name=name,
        place=place,
        engine=engine_options(backend, device, allow_code=allow_code, output=output),
        request=RunRequest(command=tuple(sys.argv[1:])),
        progress=output.has_bars,
        on_event=chosen_listener(output, is_watched=watch),
        stoppable=stoppable,
    )
    if resume is not None:
        _refuse_beside_resume()
        return _resume(resume, epochs, options, output)
    if not specs:
        raise click.UsageError("Missing argument 'SPEC…' (or --resume RUN).")
    settings = {
        "epochs": epochs,
        "batch_size": batch_size,
        "seed": seed,
        "limit_steps": limit_steps,
        "overfit": overfit,
    }
    overrides += tuple(f"train.{key}={value}" for key, value in settings.items() if value is not None)
    if reports and not smoke:
        raise click.UsageError("--junit and --sarif go with --smoke")
    if smoke:
        from nettool.cli.training.smoke import smoke_all

        return smoke_all(specs, overrides, options.engine, output, strict=strict, reports=reports)
    if len(specs) > 1:
        raise click.UsageError("several specs at once only with --smoke")
    with waiting(f"checking {specs[0]}", output):
        from nettool.cli.training.outcome import report
        from nettool.jobs.spec.loaded_spec import load_spec
        from nettool.jobs.train import train as job

        spec = load_spec(specs[0], overrides, data)
        trainable = job.trainable_spec(spec, allow_code=allow_code, strict=strict)
    report_diagnostics(spec.warnings)
    if dry_run:
        from nettool.cli.training.dry_run import report_dry_run

        return report_dry_run(job.dry_run(trainable, options), output)
    return report(job.train(trainable, options), output)


def _resume(name: str, epochs: int | None, options: RunOptions, output: Output) -> ExitCode:
    """Resume the run of that name, to its end or to so many epochs."""
    with waiting(f"opening {name}", output):
        from nettool.cli.options.spec_or_run import required_run
        from nettool.cli.training.outcome import report
        from nettool.jobs.open_run import OpenRun
        from nettool.jobs.train.resume import resume

    run = OpenRun(required_run(name, options.runs_dir), name)
    return report(resume(run, epochs, options), output)


def _refuse_beside_resume() -> None:
    """A run continues as it began: only the number of epochs may change."""
    context = click.get_current_context()
    for parameter in context.command.params:
        is_given = context.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE
        if is_given and parameter.name in _ONLY_AT_THE_START:
            shown = "a spec" if isinstance(parameter, click.Argument) else parameter.opts[0]
            raise click.UsageError(
                f"--resume continues a run as it began, so {shown} cannot be given; --epochs can"
            )
