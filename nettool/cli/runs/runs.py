"""`nettool runs`: what was trained, as a table; and to remove, rename and open runs."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from click.core import ParameterSource

from nettool.cli.options.common import json_option, runs_dir_option, wide_option
from nettool.cli.output.note import note
from nettool.cli.output.output import terminal_width
from nettool.cli.output.output_file import write_output
from nettool.cli.runs.open_report import open_run
from nettool.cli.runs.remove import remove
from nettool.cli.runs.rename import rename
from nettool.record.all_runs import all_runs
from nettool.record.run_summary import RunSummary
from nettool.record.runs.effective_status import EFFECTIVE_STATUSES
from nettool.record.shown_path import shown
from nettool.views.runs.listing import run_facts, runs_markdown, runs_table
from nettool.views.runs.order import ORDERS, chosen, newest_finished, ordered


class _Runs(click.Group):
    """Says how to list the runs of a folder when one is given where a subcommand belongs."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands and Path(args[0]).is_dir():
            raise click.UsageError(
                f"{args[0]} is a folder: `nettool runs --runs-dir {args[0]}` lists the runs in it", ctx
            )
        return super().resolve_command(ctx, args)


@click.group(cls=_Runs, invoke_without_command=True)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="PATTERN",
    help="Only runs whose name fits, e.g. 'resnet*' (repeatable).",
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(EFFECTIVE_STATUSES),
    help="Only runs of this status (repeatable).",
)
@click.option("--newest", is_flag=True, help="Only the newest finished run of each name.")
@click.option(
    "--sort",
    type=click.Choice(tuple(ORDERS)),
    default="when",
    show_default=True,
    help="What comes first: the newest, best, quickest run, the one with the most epochs; A to Z.",
)
@click.option("--reverse", is_flag=True, help="The other way round.")
@runs_dir_option
@wide_option
@json_option
@click.option(
    "--markdown",
    "as_markdown",
    is_flag=True,
    help="A table for a document: spec, command to repeat the run, seed, metrics.",
)
@click.option(
    "--html",
    "as_html",
    is_flag=True,
    help="Write a page to sort, filter and compare all runs: RUNS-DIR/index.html, or FILE of -o.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where --html writes the page.",
)
@click.pass_context
def runs(
    context: click.Context,
    names: tuple[str, ...],
    statuses: tuple[str, ...],
    newest: bool,
    sort: str,
    reverse: bool,
    runs_dir: Path,
    wide: bool,
    as_json: bool,
    as_markdown: bool,
    as_html: bool,
    output: Path | None,
) -> None:
    """List the runs: their status, epochs and results.

    A run that says it is running, though its process is gone, was `killed`. In the table for a document
    `DATA` stands for the folder of the data files, and options that change no result are left out.
    """
    if context.invoked_subcommand is not None:
        _refuse_options(context)
        return
    if as_json + as_markdown + as_html > 1:
        raise click.UsageError("only one of --json, --markdown and --html")
    if output is not None and not as_html:
        raise click.UsageError("-o is for --html")
    found = all_runs(runs_dir, datetime.now().astimezone())
    for passed in found.passed_over:
        note(f"skipped {shown(passed.path)}: {passed.why}")
    run_summaries = newest_finished(found.run_summaries) if newest else found.run_summaries
    run_summaries = ordered(chosen(run_summaries, names, statuses), sort, reverse=reverse)
    if as_json:
        click.echo(json.dumps([run_facts(run_summary) for run_summary in run_summaries], indent=2))
    elif as_markdown:
        click.echo(runs_markdown(run_summaries))
    elif as_html and (output is not None or runs_dir.is_dir()):
        _write_page(run_summaries, runs_dir, output or runs_dir / "index.html")
    elif run_summaries:
        click.echo(runs_table(run_summaries, None if wide else terminal_width()))
    else:
        click.echo(f"there are no {'such ' if found.run_summaries else ''}runs in {runs_dir}/")


def _write_page(run_summaries: Sequence[RunSummary], runs_dir: Path, path: Path) -> None:
    from nettool.jobs.runs_page import draw_runs

    write_output(path, draw_runs(run_summaries, runs_dir, path).encode())
    click.echo(f"wrote {shown(path)}")


def _refuse_options(context: click.Context) -> None:
    """An option before the subcommand would be read and forgotten."""
    for parameter in context.command.params:
        name = parameter.name or ""
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(
                f"write {parameter.opts[-1]} behind `{context.invoked_subcommand}`, if it belongs there"
            )


for command in (open_run, rename, remove):
    runs.add_command(command)
