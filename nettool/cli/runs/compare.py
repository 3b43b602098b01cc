"""`nettool compare`: runs against each other – their specs, their results, their curves."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nettool.cli.command import command
from nettool.cli.options.common import json_option, runs_dir_option
from nettool.cli.options.complete import runs
from nettool.cli.options.spec_or_run import fitting_runs
from nettool.cli.output.output import terminal_width
from nettool.cli.output.output_file import write_output
from nettool.jobs.compare import compare as compare_runs
from nettool.record.run_directory import RunDirectory
from nettool.views.comparison.comparison import Comparison, comparison_facts
from nettool.views.comparison.text import comparison_text

if TYPE_CHECKING:
    from nettool.views.charts.chart import ChartForm

PICTURES: tuple["ChartForm", ...] = ("svg", "png", "pdf")


@command(examples=("nettool compare digits_mlp digits_cnn", "nettool compare 'digits_cnn/*'"))
@click.argument("names", metavar="RUN RUN…", nargs=-1, required=True, shell_complete=runs)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Draw the curves, too: FILE.svg, .png, .pdf; or .html for a page.",
)
@click.option(
    "--html",
    "as_html",
    is_flag=True,
    help="Write a page with curves, results and differences: compare.html, or FILE of -o.",
)
@runs_dir_option
@json_option
def compare(
    names: tuple[str, ...], output: Path | None, as_html: bool, runs_dir: Path, as_json: bool
) -> None:
    """Compare runs: what differs in their specs, what came of them, and their curves over each other.

    A pattern in quotation marks stands for several runs: 'digits_*' for the newest run of each name that
    fits, 'digits_cnn/*' for all runs of a name.

    Specs are compared as they were resolved: with every default and every override, whatever their order.
    Without -o or --html no file is written.
    """
    path = output or (Path("compare.html") if as_html else None)
    if path is not None:
        _check_form(path, must_be_html=as_html)
    chosen = fitting_runs(names, runs_dir)
    comparison = compare_runs({_label(run, runs_dir): run for run in chosen})
    drawn = path is not None and _draw(comparison, path)
    if as_json:
        facts = {**comparison_facts(comparison), "picture": str(path) if drawn else None}
        click.echo(json.dumps(facts, indent=2))
        return
    click.echo(f"{comparison_text(comparison, terminal_width())}\n")
    if path is None:
        click.echo("--html makes a page with the curves, -o compare.svg a picture of them")
    else:
        click.echo(f"drew {path}" if drawn else "There are no curves: in none of the runs an epoch is over.")


def _check_form(path: Path, *, must_be_html: bool) -> None:
    allowed = ("html",) if must_be_html else (*PICTURES, "html")
    if _suffix(path) not in allowed:
        raise click.UsageError(
            f"cannot draw `{path}`: the name must end in {', '.join('.' + each for each in allowed)}"
        )


def _suffix(path: Path) -> str:
    return path.suffix.lstrip(".").lower()


def _label(run: RunDirectory, runs_dir: Path) -> str:
    inside = runs_dir.resolve()
    return (run.path.relative_to(inside) if run.path.is_relative_to(inside) else run.path).as_posix()


def _draw(comparison: Comparison, path: Path) -> bool:
    """Write the picture or the page; False when there is no curve to draw."""
    from nettool.views.charts.curve_panel import compared_panels
    from nettool.views.comparison.curves import draw_compared
    from nettool.views.comparison.page import comparison_page

    form = next((form for form in PICTURES if form == _suffix(path)), None)
    if form is None:
        write_output(path, comparison_page(comparison).encode())
    elif compared_panels(comparison.rows):
        write_output(path, draw_compared(comparison, (form,))[form])
    else:
        return False
    return True
