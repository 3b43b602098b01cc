"""The options that the verbs of `nettool inspect` share, and what they say of the run that is looked into."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from nettool.cli.options.common import (
    allow_code_option,
    backend_option,
    checkpoint_option,
    data_dir_option,
    device_option,
    offline_option,
    runs_dir_option,
)
from nettool.cli.options.diagnostics import diagnostics_option
from nettool.cli.options.engine_options import engine_options
from nettool.cli.options.spec_or_run import required_run
from nettool.cli.output.listeners import print_notes
from nettool.cli.output.output import Output
from nettool.cli.output.output_file import write_output
from nettool.data.place import Place
from nettool.data.sources.source import PARTS, PartName
from nettool.diagnostics.suggest import listing
from nettool.engine.devices.device_choice import DeviceChoice
from nettool.engine.devices.start import Backend
from nettool.jobs.open_run import OpenRun
from nettool.jobs.run_options import EngineOptions, RunOptions
from nettool.record.files.pictures import inspection_stem, plot_path
from nettool.record.runs.links import require_no_way_out
from nettool.record.shown_path import shown
from nettool.views.charts.chart import ChartForm

if TYPE_CHECKING:
    from nettool.jobs.inspect.classified_outputs import ClassifiedOutput

Command = TypeVar("Command", bound=Callable[..., Any])

FORMS: tuple[ChartForm, ...] = ("svg", "png", "pdf")

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


of_option = click.option("--of", metavar="NODE", help="Only this one of the outputs that give a class.")


def model_options(command: Command) -> Command:
    """Which model of the run, and how it is opened."""
    how = (backend_option, device_option, allow_code_option, diagnostics_option)
    return _all((checkpoint_option, runs_dir_option, *how), command)


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
class Inspected:
    """The run and the model that are looked into, the part of its data, and where a picture of them goes.

    `of` is the output that `--of` names.
    """

    run: OpenRun
    form: ChartForm
    output: Path | None
    backend: Backend | None
    device: DeviceChoice | None
    allow_code: bool
    part: PartName
    place: Place
    of: str | None

    def engine(self, *, is_silent: bool = False) -> EngineOptions:
        """How the model is opened; unless it is to be silent, a terminal shows what is waited for."""
        output = Output(is_quiet=is_silent)
        return engine_options(self.backend, self.device, allow_code=self.allow_code, output=output)

    @property
    def options(self) -> RunOptions:
        """Where its data are looked for, and how its model is opened; notes go to standard error."""
        return RunOptions(place=self.place, engine=self.engine(), on_event=print_notes)

    @property
    def part_in_name(self) -> tuple[str, ...]:
        """What tells its picture from those of the test set."""
        return () if self.part == "test" else (self.part,)

    def waiting(self, what: str) -> AbstractContextManager[object]:
        """Shows on a terminal what is being done."""
        return self.engine().waiting(what)

    def keep(self, stem: str, picture: bytes) -> None:
        """Write the picture, and say where it is."""
        path = self.output or plot_path(self.run.directory, stem, self.form)
        write_output(path, picture)
        click.echo(f"drew {shown(path)}")

    def keep_of_output(self, verb: str, output: "ClassifiedOutput", picture: bytes) -> None:
        """The same, its name made of what the picture shows of which output and which data."""
        named = (output.classified.output,) if output.is_one_of_several else ()
        stem = inspection_stem(verb, [*named, *self.part_in_name], self.run.checkpoint)
        self.keep(stem, picture)

    def classified_outputs(self) -> "tuple[ClassifiedOutput, ...]":
        """The outputs that give a class, or the one that `--of` names, asked about all samples.

        Raises UsageError where several would go to one file, and CallError when there is none.
        """
        from nettool.jobs.inspect.classified_outputs import classified_outputs, forms_of_classes
        from nettool.jobs.inspect.inspected_data import inspected_data

        data = inspected_data(self.run, self.part, self.options)
        forms = forms_of_classes(data, self.of)
        if self.output is not None and len(forms) > 1:
            names = listing([form.output for form in forms])
            raise click.UsageError(f"{names} give a class each: say --of which one goes to {self.output}")
        with self.waiting("asking the network"):
            return tuple(classified_outputs(data, forms))


def inspected(context: click.Context) -> Inspected:
    """What the verb's options say. Nothing slow happens before.

    Raises CallError when there is no such run or no model in it, UsageError for a form that cannot be drawn.
    """
    given = context.params
    name = "" if context.parent is None else context.parent.params["run"]
    run = OpenRun(required_run(name, given["runs_dir"]), name, given["checkpoint"])
    require_no_way_out(run.directory)
    run.require_model()
    output = given.get("output")
    return Inspected(
        run=run,
        form=_form(given.get("form"), output),
        output=output,
        backend=given["backend"],
        device=given["device"],
        allow_code=given["allow_code"],
        part=given.get("part", "test"),
        place=Place(given.get("data_dir"), given.get("offline", False)),
        of=given.get("of"),
    )


def _form(said: str | None, output: Path | None) -> ChartForm:
    ending = "" if output is None else output.suffix.lstrip(".").lower()
    if output is not None and ending not in FORMS:
        raise click.UsageError(f"cannot draw `{output}`: its name must end in {listing(_endings())}")
    if said and ending and said != ending:
        raise click.UsageError(f"`{output}` is not the name of a file of the form {said}")
    return cast("ChartForm", said or ending or "svg")


def _endings() -> list[str]:
    return [f".{form}" for form in FORMS]
