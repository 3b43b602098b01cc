"""Where `nettool predict` writes to: the terminal, a file, a folder of pictures; and how far it is."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from nettool.cli.output.note import note
from nettool.cli.output.output import terminal_width
from nettool.cli.output.output_file import output_file
from nettool.diagnostics.printable import make_printable, terminal, utf_8
from nettool.diagnostics.suggest import listing

if TYPE_CHECKING:
    from nettool.data.prediction.inputs import PredictionInputs
    from nettool.jobs.predict.loaded_model import Advance, LoadedModel
    from nettool.views.predictions.prediction import Writing

Form = Literal["table", "csv", "json"]


def write_predictions(
    loaded: "LoadedModel",
    groups: tuple["PredictionInputs", ...],
    top: int,
    form: Form,
    output: Path | None,
    images: Path | None,
) -> None:
    """Write what the network answers, a line at a time; pictures that it gives go to the folder `images`."""
    from nettool.jobs.predict.loaded_model import predictions
    from nettool.jobs.predict.picture_folder import PictureFolder

    pictured = [each.output for each in loaded.forms if each.gives == "image"]
    if images is not None and not pictured:
        raise click.UsageError("--images: no output of the network gives pictures")
    if images is None and pictured:
        note(f"{listing(pictured)} gives pictures: --images DIR writes them")
    folder = None if images is None else PictureFolder(images, len(pictured))
    is_seen = output is None and sys.stdout.isatty()
    writing = _writing(loaded, groups, top, form, has_bars=is_seen)
    with progress_over(groups, is_shown=not is_seen) as advance:
        found = predictions(loaded, groups, top, folder, advance)
        lines = (writing.line(each) for each in found)
        if output is None:
            _print(writing.head(), lines)
        else:
            with output_file(output) as place, place.open("wb") as file:
                file.write(utf_8(writing.head()))
                file.writelines(map(utf_8, lines))


def _print(head: str, lines: Iterable[str]) -> None:
    is_first = True
    for line in lines:
        # The head waits for the first answer: an error then stands alone.
        click.echo(head + line if is_first else line, nl=False)
        is_first = False


def _writing(
    loaded: "LoadedModel", groups: tuple["PredictionInputs", ...], top: int, form: Form, *, has_bars: bool
) -> "Writing":
    from nettool.views.predictions.as_csv import AsCsv
    from nettool.views.predictions.as_json import AsJson
    from nettool.views.predictions.as_table import AsTable
    from nettool.views.predictions.prediction import Answered

    longest = max(len(str(given.name(place))) for given in groups for place in range(len(given)))
    answered = Answered(loaded.forms, top, longest)
    if form == "json":
        return AsJson(answered)
    if form == "csv":
        nodes = loaded.plan.graph.by_name
        return AsCsv(answered, {each.output: nodes[each.output].shape or () for each in loaded.forms})
    return AsTable(answered, has_bars=has_bars, width=terminal_width())


@contextmanager
def progress_over(groups: tuple["PredictionInputs", ...], *, is_shown: bool) -> Iterator["Advance"]:
    """A bar on standard error, where that is a terminal which nothing else is written to."""
    if not is_shown or not sys.stderr.isatty():
        yield lambda count: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(file=terminal(sys.stderr)), transient=True) as progress:
        make_printable()
        task = progress.add_task("samples", total=sum(map(len, groups)))
        yield lambda count: progress.advance(task, count)
