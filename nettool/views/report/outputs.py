"""Each output on the test set: confusions, classes, samples, mistakes, errors, images."""

from collections.abc import Iterator, Sequence

from nettool.record.files.observations import Observations, SeenClass, SeenClasses, SeenNumbers
from nettool.record.files.pictures import output_stem
from nettool.record.run_report import RunReport
from nettool.views.page.colours import BASE, places_taken
from nettool.views.page.themed_svg import themed_svg
from nettool.views.report.cards import image_cards, sample_cards
from nettool.views.report.class_metrics import ClassFigures, average, class_figures, seen_by_class
from nettool.views.report.heat_table import heat_table
from nettool.views.report.markup import remark, section, table
from nettool.views.report.number_metrics import error_table, scatters

_CLASSES_AS_TABLE = 20
_MOST_CONFUSED = 20
_MOST_ROWS = 1000
"""Classes in a table that a browser can still sort at once."""


def outputs(report: RunReport) -> str:
    """A section for each output of which something was seen, in their order within each kind."""
    return "\n".join(_sections(report, report.seen)) if report.seen else ""


def _sections(report: RunReport, seen: Observations) -> Iterator[str]:
    for classes in seen.classes:
        yield section(f"output-{classes.output}", f"Output {classes.output}", *_classes(report, classes))
    for output in dict.fromkeys(each.output for each in seen.numbers):
        numbers = tuple(each for each in seen.numbers if each.output == output)
        yield section(f"output-{output}", f"Output {output}", *_numbers(numbers))
    for images in seen.images:
        yield section(
            f"output-{images.output}",
            f"Output {images.output}",
            "<h3>Reconstructions</h3>",
            remark("Above the targets, below the predictions; from the whole test set."),
            image_cards(images),
        )


def _classes(report: RunReport, seen: SeenClasses) -> Iterator[str]:
    every = seen_by_class(seen)
    total, right = sum(each.true for each in every), sum(each.right for each in every)
    yield "<h3>Confusion matrix</h3>"
    yield remark(f"{right:,} of {total:,} test samples were classified correctly.")
    yield _matrix(report, seen)
    yield from _confused(seen)
    yield from _class_table(seen, every)
    if seen.samples:
        yield "<h3>Samples</h3>"
        yield remark("Taken evenly from the whole test set.")
        yield sample_cards(seen.samples, seen)
    yield "<h3>Mistakes</h3>"
    if seen.mistakes:
        yield remark(_which(len(seen.mistakes), total - right))
        yield sample_cards(seen.mistakes, seen)
    else:
        yield remark("None in the test set." if right == total else "None is kept.")


def _class_table(seen: SeenClasses, every: Sequence[SeenClass]) -> Iterator[str]:
    yield "<h3>Classes</h3>"
    numbers = sorted(range(len(every)), key=lambda number: every[number].right - every[number].true)
    shown = range(len(every)) if len(every) <= _MOST_ROWS else sorted(numbers[:_MOST_ROWS])
    if len(shown) < len(every):
        yield remark(f"{len(shown):,} of {len(every):,}: those with the most mistakes.")
    figures = class_figures(every, seen.classes)
    head = ("class", "precision", "recall", "F1", "samples", "mostly mistaken for")
    foot = [_class_row(average(figures))] if len(figures) > 1 else []
    yield table(head, (_class_row(figures[number]) for number in shown), range(1, 5), "sortable", foot)


def _confused(seen: SeenClasses) -> Iterator[str]:
    """In words what a picture is too large or too small for."""
    if len(seen.classes) <= _CLASSES_AS_TABLE:
        return
    pairs = seen.confused or sorted(
        (
            (true, given, count)
            for true, row in enumerate(seen.matrix)
            for given, count in enumerate(row)
            if count and true != given
        ),
        key=lambda pair: -pair[2],
    )
    if pairs:
        yield "<h3>Most often confused</h3>"
        names = seen.classes
        rows = [(names[true], names[given], f"{count:,}") for true, given, count in pairs[:_MOST_CONFUSED]]
        yield table(("true class", "predicted as", "samples"), rows, (2,))


def _which(shown: int, count: int) -> str:
    if shown < count:
        return f"{shown} of {count:,}: those that the network was most certain of."
    return (
        "The only one." if count == 1 else f"All {count}, those first that the network was most certain of."
    )


def _matrix(report: RunReport, seen: SeenClasses) -> str:
    if len(seen.classes) <= _CLASSES_AS_TABLE:
        return heat_table(seen)
    pictures = report.pictures
    picture = pictures.get(output_stem("confusion", seen.output), pictures.get("confusion"))
    if picture is None:
        return ""
    words = f"Confusion matrix of {seen.output}: {len(seen.classes)} classes"
    number = report.seen.classes.index(seen) if report.seen else 0
    drawn = themed_svg(picture, words, places_taken(BASE), f"confusion{number}-")
    return f'<div class="wide picture square">{drawn}</div>'


def _class_row(figures: ClassFigures) -> tuple[str, ...]:
    shares = (figures.precision, figures.recall, figures.f1)
    mistaken = figures.mistaken_for
    return (
        figures.name,
        *("–" if share is None else f"{share:.4f}" for share in shares),
        f"{figures.support:,}",
        "" if mistaken is None else f"{mistaken[0]} ({mistaken[1]:,})",
    )


def _numbers(seen: tuple[SeenNumbers, ...]) -> Iterator[str]:
    yield error_table(seen)
    yield scatters(seen)
