"""What came of each output on the test part: confusions, classes, samples, mistakes, errors, images."""

from collections.abc import Iterator

from nettool.record.observations import Observations, SeenClasses, SeenNumbers
from nettool.record.run_report import RunReport
from nettool.views.page.colours import BASE, places_taken
from nettool.views.page.themed_svg import themed_svg
from nettool.views.report.cards import image_cards, sample_cards
from nettool.views.report.class_figures import ClassFigures, average, class_figures
from nettool.views.report.heat_table import heat_table
from nettool.views.report.markup import remark, section, table
from nettool.views.report.number_figures import error_table, scatters

_CLASSES_AS_TABLE = 20


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
            remark("Above what was wanted, below what the network gave; from the whole test part."),
            image_cards(images),
        )


def _classes(report: RunReport, seen: SeenClasses) -> Iterator[str]:
    figures = class_figures(seen.matrix, seen.classes)
    total = sum(each.support for each in figures)
    right = sum(row[number] for number, row in enumerate(seen.matrix))
    yield "<h3>Confusion matrix</h3>"
    yield remark(f"{right:,} of {total:,} samples of the test part were given their class.")
    yield _matrix(report, seen)
    yield "<h3>Classes</h3>"
    head = ("class", "precision", "recall", "F1", "samples", "mostly mistaken for")
    foot = [_class_row(average(figures))] if len(figures) > 1 else []
    yield table(head, map(_class_row, figures), range(1, 5), "sortable", foot)
    if seen.samples:
        yield "<h3>Samples</h3>"
        yield remark("From the whole length of the test part.")
        yield sample_cards(seen.samples, seen)
    yield "<h3>Mistakes</h3>"
    if seen.mistakes:
        yield remark(_which(len(seen.mistakes), total - right))
        yield sample_cards(seen.mistakes, seen)
    else:
        yield remark("None on the test part." if right == total else "None is kept.")


def _which(shown: int, count: int) -> str:
    if shown < count:
        return f"{shown} of {count:,}: those that the network was most certain of."
    return (
        "The only one." if count == 1 else f"All {count}, those first that the network was most certain of."
    )


def _matrix(report: RunReport, seen: SeenClasses) -> str:
    if len(seen.classes) <= _CLASSES_AS_TABLE:
        return heat_table(seen)
    picture = report.pictures.get(f"confusion_{seen.output}", report.pictures.get("confusion"))
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
