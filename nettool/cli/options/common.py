"""Arguments and options that several commands share, so that they read and behave the same everywhere."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from nettool.cli.command import Section, option
from nettool.cli.options.complete import data_sets, override_paths, runs, views
from nettool.cli.output.note import note
from nettool.engine.devices.device_choice import DeviceChoice, device_choice
from nettool.engine.devices.start import BACKENDS

run_argument = click.argument("run", metavar="RUN", shell_complete=runs)
set_option = option(
    "--set",
    "overrides",
    multiple=True,
    metavar="PATH=VALUE",
    shell_complete=override_paths,
    help="Put a value in the place of the spec's, e.g. train.epochs=3 (repeatable).",
    section=Section.SPEC,
)
data_option = option(
    "--data",
    metavar="NAME",
    shell_complete=data_sets,
    help="Use this data set instead of the spec's, fitted to the network's input.",
    section=Section.DATA,
)


def _noted_when_missing(context: click.Context, _: click.Parameter, folder: Path | None) -> Path | None:
    """The data may be elsewhere too, so that a slip in the name would not show."""
    if folder is not None and not folder.is_dir() and not context.resilient_parsing:
        note(f"there is no folder `{folder}` (--data-dir): data are looked for elsewhere")
    return folder


data_dir_option = option(
    "--data-dir",
    type=click.Path(path_type=Path, file_okay=False),
    callback=_noted_when_missing,
    help="Look here first for data files (or set NETTOOL_DATA_DIR).",
    section=Section.DATA,
)
offline_option = option("--offline", is_flag=True, help="Never use the network.", section=Section.DATA)


def place_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Where data are looked for, in two options; the command gets it as its `place`."""

    @wraps(command)
    def with_place(*arguments: Any, data_dir: Path | None, offline: bool, **named: Any) -> Any:  # noqa: ANN401
        from nettool.data.place import Place

        return command(*arguments, place=Place(data_dir, offline), **named)

    return data_dir_option(offline_option(with_place))


backend_option = option(
    "--backend",
    type=click.Choice(BACKENDS),
    envvar="KERAS_BACKEND",
    show_envvar=True,
    help="What Keras computes with; jax needs `pip install 'nettool[jax]'`.  "
    "[default: the run's own, or tensorflow]",
    section=Section.MACHINE,
)


class _Device(click.ParamType[DeviceChoice]):
    name = "DEVICE"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> DeviceChoice:
        if isinstance(value, DeviceChoice):
            return value
        try:
            return device_choice(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


device_option = option(
    "--device",
    type=_Device(),
    metavar="auto|cpu|gpu:0|gpu:0,1",
    help="Compute there; several divide each batch among them (cpu:0,1 takes the processor for two).  "
    "[default: auto, a GPU where there is one]",
    section=Section.MACHINE,
)
checkpoint_option = click.option(
    "--checkpoint",
    type=click.Choice(["last", "best"]),
    default="last",
    show_default=True,
    help="Which of the run's two models.",
)
field_option = click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="NAME=FILE",
    help="The file of one field, for networks with several inputs (repeatable).",
)
runs_dir_option = option(
    "--runs-dir",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("runs"),
    show_default=True,
    help="The folder that holds the runs.",
    section=Section.RUNS,
)
allow_code_option = option(
    "--allow-code",
    is_flag=True,
    help="Run the Python files that the spec names (read them first).",
    section=Section.MACHINE,
)
view_option = click.option(
    "--view", metavar="NAME", shell_complete=views, help="Only this one of the spec's `views`."
)
wide_option = option(
    "--wide", is_flag=True, help="All columns, however narrow the terminal is.", section=Section.OUTPUT
)
json_option = option(
    "--json", "as_json", is_flag=True, help="Print JSON instead of text.", section=Section.OUTPUT
)
