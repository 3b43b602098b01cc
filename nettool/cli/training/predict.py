"""`nettool predict`: what a run's saved model answers for new samples."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from nettool.cli.command import Section, command, option
from nettool.cli.options.common import (
    allow_code_option,
    backend_option,
    checkpoint_option,
    device_option,
    field_option,
    run_argument,
    runs_dir_option,
)
from nettool.cli.options.complete import run_nodes, run_views
from nettool.cli.options.diagnostics import diagnostics_option
from nettool.cli.options.engine_options import engine_options
from nettool.cli.options.named_files import by_field, named_files
from nettool.cli.options.spec_or_run import required_run
from nettool.cli.output.note import note
from nettool.cli.output.output import Output
from nettool.cli.training.predict_output import Form, progress_over, write_predictions
from nettool.diagnostics.suggest import listing
from nettool.engine.devices.device_choice import DeviceChoice
from nettool.engine.devices.start import Backend
from nettool.graph.node_address import node_address
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.open_run import OpenRun
from nettool.jobs.spec_or_run import chosen_graph
from nettool.record.checkpoints.model_files import Checkpoint

if TYPE_CHECKING:
    from nettool.data.prediction.inputs import PredictionInputs
    from nettool.jobs.predict.loaded_model import LoadedModel

_ENDINGS: dict[str, Form] = {".csv": "csv", ".json": "json", ".jsonl": "json"}


@command(
    examples=(
        "nettool predict digits_cnn photo.png",
        "nettool predict digits_cnn photos/ --top 1 -o answers.csv",
    )
)
@run_argument
@click.argument("files", metavar="FILE...", nargs=-1, type=click.Path(allow_dash=True))
@field_option
@click.option(
    "--top",
    metavar="N",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="How many classes are shown.",
)
@option("--csv", "form", flag_value="csv", help="Print CSV instead of a table.", section=Section.OUTPUT)
@option(
    "--json", "form", flag_value="json", help="Print a JSON object for each sample.", section=Section.OUTPUT
)
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to FILE, whole or not at all; .csv and .json say the form, --node needs .npz.",
    section=Section.OUTPUT,
)
@click.option(
    "--node",
    "nodes",
    multiple=True,
    metavar="ADDRESS",
    shell_complete=run_nodes,
    help="Write what this node gives, as an array, to the .npz that -o names (repeatable).",
)
@click.option(
    "--view",
    metavar="NAME",
    shell_complete=run_views,
    help="The same for the outputs of one of the spec's `views`.",
)
@option(
    "--images",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write the pictures that outputs give to DIR.",
    section=Section.OUTPUT,
)
@click.option("--invert", is_flag=True, help="Dark for bright, for images on white instead of black.")
@checkpoint_option
@click.option(
    "--batch-size",
    metavar="N",
    type=click.IntRange(min=1),
    help="Samples at once.  [default: as `evaluate` takes]",
)
@backend_option
@device_option
@runs_dir_option
@allow_code_option
@diagnostics_option
def predict(
    run: str,
    files: tuple[str, ...],
    fields: tuple[str, ...],
    top: int,
    form: str | None,
    output: Path | None,
    nodes: tuple[str, ...],
    view: str | None,
    images: Path | None,
    invert: bool,
    checkpoint: str,
    batch_size: int | None,
    backend: Backend | None,
    device: DeviceChoice | None,
    runs_dir: Path,
    allow_code: bool,
) -> None:
    """Show what a run's saved model answers for new samples.

    RUN is a run directory, a name (its newest run), NAME/STAMP, or `latest` for the newest run of all.

    FILE is an image, a folder of images, an .npz or .npy of arrays, a .csv with the columns of the training,
    or `-` for a list of such files on standard input. They are treated as the run's own data were; the data
    themselves may be gone.
    """
    opened = OpenRun(required_run(run, runs_dir), run, cast("Checkpoint", checkpoint))
    opened.require_model()
    plan, preparation = opened.prepared_network
    addresses = _addresses(plan, nodes, view)
    if addresses and (output is None or output.suffix.lower() != ".npz"):
        raise click.UsageError("what nodes give is an array: name its file with -o FILE.npz")
    from nettool.jobs.predict.given_files import GivenFiles, read_files

    given = GivenFiles(named_files(files) if files else (), by_field(fields), invert)
    groups, notes = read_files(plan, preparation, given)
    for each in notes:
        note(each)
    engine = engine_options(backend, device, allow_code=allow_code, output=Output(as_json=form is not None))
    model = opened.ask(plan, preparation, engine, batch_size)
    note(f"the {checkpoint} model of {opened.directory.path}")
    if addresses and output is not None:
        _write_nodes(model, groups, addresses, output)
        return
    chosen: Form = cast(
        "Form", form or _ENDINGS.get("" if output is None else output.suffix.lower(), "table")
    )
    write_predictions(model, groups, top, chosen, output, images)


def _write_nodes(
    model: "LoadedModel", groups: tuple["PredictionInputs", ...], addresses: tuple[str, ...], output: Path
) -> None:
    from nettool.jobs.predict.loaded_model import write_nodes

    with progress_over(groups, is_shown=True) as advance:
        try:
            shapes = write_nodes(model, groups, addresses, output, advance)
        except ValueError as error:
            raise click.UsageError(f"--node: {error}") from error
    click.echo(f"wrote {output}: {', '.join(f'{name} {shape}' for name, shape in shapes.items())}")


def _addresses(plan: TrainablePlan, nodes: tuple[str, ...], view: str | None) -> tuple[str, ...]:
    try:
        found = [node_address(plan, name) for name in nodes]
    except ValueError as error:
        raise click.UsageError(f"--node: {error}") from error
    if view is not None:
        graph = chosen_graph(plan, view)
        inside = [name for name in graph.inputs if name not in plan.graph.inputs]
        if inside:
            problem = f"the view `{view}` starts at {listing(inside)}, which no sample has"
            raise click.UsageError(f"{problem}: only views that start at inputs can be asked")
        found += graph.outputs
    return tuple(dict.fromkeys(found))
