"""Each output on the test set: confusions, classes, samples, mistakes, errors, images."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from nettool.record.files.observations import (
    Observations,
    Png,
    SeenClass,
    SeenClasses,
    SeenImages,
    SeenNumbers,
    SeenSample,
)
from nettool.record.run_report import RunReport
from nettool.views.accuracy_interval import (
    FEW_SAMPLES,
    accuracy_interval,
    are_independent,
    interval_text,
    right_and_total,
)
from nettool.views.page.markup import remark, section, table
from nettool.views.report.class_metrics import (
    ClassMetrics,
    average,
    class_metrics,
    seen_by_class,
)
from nettool.views.report.confusion import confusion_matrix, most_confused
from nettool.views.report.number_metrics import error_table, scatters

_MOST_ROWS = 1000
"""Classes in a table that a browser can still sort at once."""


def outputs(report: RunReport) -> str:
    """A section for each output of which something was seen, in their order within each kind."""
    return "\n".join(_sections(report, report.seen)) if report.seen else ""


def _sections(report: RunReport, seen: Observations) -> Iterator[str]:
    for classes in seen.classes:
        yield section(
            f"output-{classes.output}", f"Output {classes.output}", *_classes(report, seen, classes)
        )
    for output in dict.fromkeys(each.output for each in seen.numbers):
        numbers = tuple(each for each in seen.numbers if each.output == output)
        yield section(f"output-{output}", f"Output {output}", *_numbers(numbers))
    for images in seen.images:
        yield section(
            f"output-{images.output}",
            f"Output {images.output}",
            "<h3>Reconstructions</h3>",
            remark("Above the targets, below the predictions; from the whole test set."),
            _image_cards(images),
        )


def _classes(report: RunReport, observed: Observations, seen: SeenClasses) -> Iterator[str]:
    every = seen_by_class(seen)
    right, total = right_and_total(seen)
    yield "<h3>Confusion matrix</h3>"
    yield remark(_correct(seen, observed))
    yield confusion_matrix(report, seen)
    yield from most_confused(seen)
    yield from _class_table(observed, seen, every)
    if seen.samples:
        yield "<h3>Samples</h3>"
        yield remark("Taken evenly from the whole test set.")
        yield _sample_cards(seen.samples, seen)
    yield "<h3>Mistakes</h3>"
    if seen.mistakes:
        yield remark(_which(len(seen.mistakes), total - right))
        yield _sample_cards(seen.mistakes, seen)
    else:
        yield remark("None in the test set." if right == total else "None is kept.")


def _correct(seen: SeenClasses, observed: Observations) -> str:
    right, total = right_and_total(seen)
    words = f"{right:,} of {total:,} test samples were classified correctly."
    interval = accuracy_interval(seen, observed)
    if not interval:
        return words
    return (
        f"{words} So few samples show the accuracy only roughly: most likely it is {interval} (95 % interval "
        f"of Wilson, shown below {FEW_SAMPLES:,} samples)."
    )


def _class_table(observed: Observations, seen: SeenClasses, every: Sequence[SeenClass]) -> Iterator[str]:
    yield "<h3>Classes</h3>"
    numbers = sorted(range(len(every)), key=lambda number: every[number].right - every[number].true)
    shown = range(len(every)) if len(every) <= _MOST_ROWS else sorted(numbers[:_MOST_ROWS])
    if len(shown) < len(every):
        yield remark(f"{len(shown):,} of {len(every):,}: those with the most mistakes.")
    metrics = class_metrics(every, seen.classes)
    head = ("class", "precision", "recall", "95 % of recall", "F1", "samples", "mostly mistaken for")
    foot = [_class_row(average(metrics))] if len(metrics) > 1 else []
    is_known = are_independent(seen, observed)
    rows = (_class_row(metrics[number], has_interval=is_known) for number in shown)
    yield table(head, rows, range(1, 6), "sortable", foot)


def _which(shown: int, count: int) -> str:
    if shown < count:
        return f"{shown} of {count:,}: those that the network was most certain of."
    return (
        "The only one." if count == 1 else f"All {count}, those first that the network was most certain of."
    )


def _class_row(metrics: ClassMetrics, *, has_interval: bool = False) -> tuple[str, ...]:
    precision, recall, f1 = (
        "–" if share is None else f"{share:.4f}" for share in (metrics.precision, metrics.recall, metrics.f1)
    )
    mistaken = metrics.mistaken_for
    return (
        metrics.name,
        precision,
        recall,
        interval_text(metrics.right, metrics.support, 2) if has_interval else "",
        f1,
        f"{metrics.support:,}",
        "" if mistaken is None else f"{mistaken[0]} ({mistaken[1]:,})",
    )


def _numbers(seen: tuple[SeenNumbers, ...]) -> Iterator[str]:
    yield error_table(seen)
    yield scatters(seen)


def _sample_cards(samples: Iterable[SeenSample], seen: SeenClasses) -> str:
    """A card for each; empty when there are none."""
    cards = "\n".join(_card(sample, seen) for sample in samples)
    return f'<div class="cards">\n{cards}\n</div>' if cards else ""


def _image_cards(seen: SeenImages) -> str:
    """The target above the prediction, a card for each sample."""
    pairs = (
        _image_tag(target, "the target") + _image_tag(prediction, "the prediction")
        for target, prediction in seen.pairs
    )
    cards = "\n".join(f'<figure class="card pair">{pair}</figure>' for pair in pairs)
    return f'<div class="cards">\n{cards}\n</div>' if cards else ""


def _card(sample: SeenSample, seen: SeenClasses) -> str:
    said = sample.ranked[0][0] if sample.ranked else ""
    is_right = said == sample.target
    images = "".join(_image_tag(image, f"a sample of the class {sample.target}") for image in sample.images)
    words = f'<p class="words">{escape(sample.words)}</p>' if sample.words else ""
    bars = "\n".join(_bar(name, value, seen, is_true=name == sample.target) for name, value in sample.ranked)
    sign, outcome = ("✓", "right") if is_right else ("✗", "wrong")
    return (
        f'<figure class="card {outcome}"><div class="images">{images}</div>{words}'
        f"<figcaption>true <b>{escape(sample.target)}</b><br>"
        f"{sign} predicted <b>{escape(said)}</b></figcaption><ol>{bars}</ol>"
        f'<p class="quiet number">sample {sample.number}</p></figure>'
    )


def _bar(name: str, value: float | None, seen: SeenClasses, *, is_true: bool) -> str:
    if value is None:
        return f"<li>{escape(name)} <span>–</span></li>"
    width = f' style="--s:{min(max(value, 0.0), 1.0):.1%}"' if seen.are_probabilities else ""
    wanted = ' class="wanted"' if is_true else ""
    return f"<li{wanted}{width}>{escape(name)} <span>{value:.2f}</span></li>"


def _image_tag(png: Png, words: str) -> str:
    return f'<img src="data:image/png;base64,{escape(png)}" alt="{escape(words)}">'
