"""`nettool train --dry-run`: what would be run, said instead of done."""

from collections.abc import Mapping

import click

from nettool.cli.output.exit_codes import ExitCode
from nettool.cli.output.json_event import print_event
from nettool.cli.output.output import Output, fitted
from nettool.jobs.train.planned_run import DryRun
from nettool.record.disk.json_form import plain_facts

MIB = 1024**2


def report_dry_run(found: DryRun, output: Output) -> ExitCode:
    """Say what would be run."""
    if output.as_json:
        print_event("dry_run", plain_facts(found))
    elif not output.is_quiet:
        click.echo("\n".join(map(fitted, _lines(found))))
    return ExitCode.DONE


def _lines(found: DryRun) -> list[str]:
    memory = found.memory
    parts = {
        "weights": memory.weights,
        "optimizer": memory.optimizer,
        "gradients": memory.gradients,
        "activations": memory.activations,
        "data": memory.data,
    }
    return [
        f"would run {found.name}: {found.parameters:,} parameters, {found.precision}",
        f"samples: {', '.join(f'{count:,} {part}' for part, count in found.samples.items())}",
        f"steps: {found.steps:,} of {found.batch_size} samples × {found.epochs:,} "
        f"{'epoch' if found.epochs == 1 else 'epochs'} = {found.steps * found.epochs:,}",
        f"optimizer: {_with_settings(found.optimizer)}",
        f"memory: about {_mebibytes(memory.total)} besides TensorFlow's own ("
        + ", ".join(f"{name} {_mebibytes(size)}" for name, size in parts.items())
        + ")",
        *(f"note: {note}" for note in found.notes),
        "nothing was trained and nothing was written",
    ]


def _with_settings(value: object) -> str:
    """`Adam (learning_rate: 0.01)`: the name, which comes first, then the settings."""
    if not isinstance(value, Mapping):
        return f"{value}"
    (_, name), *settings = value.items()
    written = ", ".join(f"{option}: {_with_settings(setting)}" for option, setting in settings)
    return f"{name} ({written})" if written else f"{name}"


def _mebibytes(size: int) -> str:
    return f"{size / MIB:,.1f} MiB"
