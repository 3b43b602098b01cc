"""The options that the verbs of `nettool inspect` share, and what they say of the run that is looked into."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from nettool.cli.as_the_run import backend_of, one_device
from nettool.cli.options import (
    allow_code_option,
    backend_option,
    data_dir_option,
    device_option,
    offline_option,
    runs_dir_option,
)
from nettool.cli.output_file import write_output
from nettool.cli.starting import require_leave, start_engine
from nettool.cli.subject import needed_run
from nettool.cli.told import diagnostics_option
from nettool.data.sources.source import PARTS
from nettool.diagnostics.suggest import listing
from nettool.graph.node_address import node_address
from nettool.graph.plan import Plan
from nettool.record.checkpoints.model_files import Checkpoint, model_path
from nettool.record.files.pictures import plot_path
from nettool.record.run_directory import RunDirectory
from nettool.record.runs.links import require_no_way_out
from nettool.record.shown_path import shown
from nettool.views.charts.chart import ChartForm

Command = TypeVar("Command", bound=Callable[..., Any])

FORMS: tuple[ChartForm, ...] = ("svg", "png", "pdf")
WORDS = {"train": "training part", "validation": "validation part", "test": "test part"}

_checkpoint_option = click.option(
    "--checkpoint",
    type=click.Choice(["last", "best"]),
    default="last",
    show_default=True,
    help="Which of the run's two models.",
)
_format_option = click.option(
    "--format", "form", type=click.Choice(FORMS), help="In which form.  [default: svg, or as FILE ends]"
)
_output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to.  [default: into the run's plots/]",
)
_part_option = click.option(
    "--part",
    type=click.Choice(PARTS),
    default="test",
    show_default=True,
    help="Which part of the run's data.",
)


def model_options(command: Command) -> Command:
    """Which model of the run, and how it is opened."""
    how = (backend_option, device_option, allow_code_option, diagnostics_option)
    return _all((_checkpoint_option, runs_dir_option, *how), command)


def picture_options(command: Command) -> Command:
    """Where the picture goes, and in which form."""
    return _all((_format_option, _output_option), command)


def data_options(command: Command) -> Command:
    """Which of the run's data are looked at, and where their files are."""
    return _all((_part_option, data_dir_option, offline_option), command)


def _all(options: tuple[Callable[[Any], Any], ...], command: Command) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Looked:
    """The run and the model that are looked into, and where a picture of them goes."""

    run: RunDirectory
    checkpoint: Checkpoint
    form: ChartForm
    output: Path | None
    told: dict[str, Any]

    @property
    def model(self) -> Path:
        """The model's file."""
        return model_path(self.run, self.checkpoint)

    def start(self, plan: Plan, *, is_silent: bool = False) -> None:
        """Load Keras, and the code that the plan brings if that is allowed."""
        require_leave(plan.python, is_allowed=self.told["allow_code"])
        start_engine(
            plan.python,
            is_silent=is_silent,
            backend=self.told["backend"] or backend_of(self.run),
            device=one_device(self.told["device"]),
        )

    def keep(self, stem: str, picture: bytes) -> None:
        """Write the picture, and say where it is."""
        path = self.output or plot_path(self.run, stem, self.form)
        write_output(path, picture)
        click.echo(f"drew {shown(path)}")


def looked(context: click.Context) -> Looked:
    """What the verb's options say; a usage error when there is no such run, no model in it, or no such form.

    Nothing slow happens before.
    """
    told = context.params
    text = "" if context.parent is None else context.parent.params["run"]
    run = needed_run(text, told["runs_dir"])
    require_no_way_out(run)
    checkpoint = cast("Checkpoint", told["checkpoint"])
    path = model_path(run, checkpoint)
    if not path.is_file():
        raise click.UsageError(f"the run `{text}` holds no `{checkpoint}` model: {path}")
    output = told.get("output")
    return Looked(run, checkpoint, _form(told.get("form"), output), output, told)


def needed_address(plan: Plan, node: str) -> str:
    """The address of what the user calls a node; a usage error when nothing is called so."""
    try:
        return node_address(plan, node)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _form(said: str | None, output: Path | None) -> ChartForm:
    ending = "" if output is None else output.suffix.lstrip(".").lower()
    if output is not None and ending not in FORMS:
        raise click.UsageError(f"cannot draw `{output}`: its name must end in {listing(_endings())}")
    if said and ending and said != ending:
        raise click.UsageError(f"`{output}` is not the name of a file of the form {said}")
    return cast("ChartForm", said or ending or "svg")


def _endings() -> list[str]:
    return [f".{form}" for form in FORMS]
