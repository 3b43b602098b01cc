"""`nettool data info`: all about a data set, or about the data that a spec declares."""

import json
from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.network.data.known_set import known_set
from nettool.cli.options.common import data_dir_option, json_option, set_option
from nettool.cli.options.complete import data_sets_and_specs
from nettool.cli.output.error_handler import report_diagnostics
from nettool.cli.output.output import terminal_width
from nettool.data.place import Place
from nettool.jobs.spec.loaded_spec import load_spec
from nettool.spec.yaml.source_file import ENDINGS


@command(
    short_help="Show the fields, classes, parts, files and licence of one.",
    examples=("nettool data info digits", "nettool data info configs/digits_cnn.yaml"),
)
@click.argument("subject", metavar="NAME|SPEC", shell_complete=data_sets_and_specs)
@set_option
@data_dir_option
@json_option
def info(subject: str, overrides: tuple[str, ...], data_dir: Path | None, as_json: bool) -> None:
    """Show the fields, classes, parts, files and licence of a data set.

    For a spec: the fields that its `data` gives after all steps, the training, validation and test set,
    normalization, augmentation, and which input or target gets which field. Nothing is downloaded.

    Exit status 4 when a spec's own files are not there.
    """
    if Path(subject).suffix in ENDINGS:
        click.echo(_of_spec(Path(subject), overrides, as_json=as_json))
    else:
        click.echo(_of_set(subject, Place(data_dir), as_json=as_json))


def _of_set(name: str, place: Place, *, as_json: bool) -> str:
    from nettool.data.builtin.local_files import folder_of
    from nettool.views.terminal.data_set_page import data_set_facts, data_set_text

    dataset = known_set(name)
    folder = folder_of(dataset, place)
    if as_json:
        return json.dumps(data_set_facts(dataset, folder), indent=2)
    return data_set_text(dataset, folder, terminal_width())


def _of_spec(path: Path, overrides: tuple[str, ...], *, as_json: bool) -> str:
    from nettool.data.declare import declare
    from nettool.views.terminal.declared_data import declared_facts, declared_text

    spec = load_spec(path, overrides)
    report_diagnostics(spec.warnings)
    plan = spec.plan
    if plan.data is None:
        raise click.UsageError(f"`{path}` has no `data`")
    declaration = plan.declaration or declare(plan.data, plan.data.source.statement())
    if as_json:
        return json.dumps(declared_facts(plan, plan.data, declaration), indent=2)
    return declared_text(plan, plan.data, declaration, terminal_width())
