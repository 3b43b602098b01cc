"""What came of a run, in one look: its status, its metrics, and whether it met what was expected of it."""

from collections.abc import Iterator
from html import escape

from nettool.record.events.event_text import number_text, seconds_text
from nettool.record.files.observations import Observations
from nettool.record.files.results import CheckedExpectation
from nettool.record.run_report import RunReport
from nettool.record.run_summary import RunSummary
from nettool.views.accuracy_interval import metric_interval
from nettool.views.main_metrics import main_metrics
from nettool.views.page.markup import table
from nettool.views.report.class_metrics import no_better_than_nothing
from nettool.views.terminal.summary import count_text


def verdict(report: RunReport) -> str:
    """The head of the page."""
    run_summary = report.run_summary
    return "\n".join(
        [
            "<header>",
            f"<h1>{escape(run_summary.name)}</h1>",
            f'<p class="quiet">run <code>{escape(run_summary.label)}</code>,'
            f" started on {run_summary.started:%Y-%m-%d at %H:%M}</p>",
            f'<p class="verdict"><span class="badge {run_summary.status}">{run_summary.status}</span> '
            f"{escape(_sentence(report))}</p>",
            *(
                [f'<p class="why">{escape(f"A trial: {run_summary.trial}.")}</p>']
                if run_summary.trial
                else []
            ),
            *([f'<p class="why">{escape(run_summary.why)}</p>'] if run_summary.why else []),
            *(f'<p class="why">{escape(reason)}</p>' for reason in _no_better(report)),
            _tiles(run_summary, report.seen),
            _expectations(report.expectations),
            "</header>",
        ]
    )


def _sentence(report: RunReport) -> str:
    run_summary = report.run_summary
    epochs = f"{run_summary.epochs} {'epoch' if run_summary.epochs == 1 else 'epochs'}"
    time = "" if run_summary.seconds is None else f" in {seconds_text(run_summary.seconds)}"
    words = {
        "finished": f"{epochs}{time}.",
        "running": f"It is still running: {epochs} are over.",
        "interrupted": f"It was stopped after {epochs}{time}.",
        "failed": f"It ended in an error after {epochs}{time}.",
        "killed": f"Its process ended without a word after {epochs}.",
    }
    return " ".join([words[run_summary.status], *_expectations_in_words(report.expectations)])


def _no_better(report: RunReport) -> Iterator[str]:
    return iter(()) if report.seen is None else no_better_than_nothing(report.seen)


def _expectations_in_words(expectations: tuple[CheckedExpectation, ...]) -> Iterator[str]:
    unmet = [expectation.metric for expectation in expectations if expectation.held is False]
    held = sum(expectation.held is True for expectation in expectations)
    if unmet:
        yield f"Not as expected: {', '.join(unmet)}."
    elif held and held == len(expectations):
        counts = {1: "The expectation is", 2: "Both expectations are"}
        yield f"{counts.get(held, f'All {held} expectations are')} met."
    elif expectations:
        yield f"Expectations met: {held} of {len(expectations)}, the rest was not checked."


def _tiles(run_summary: RunSummary, seen: Observations | None) -> str:
    values = {
        f"test {name}": "\n".join((number_text(value), _interval(name, value, seen)))
        for name, value in main_metrics(run_summary.test).items()
    }
    if "loss" in run_summary.test:
        values["test loss"] = number_text(run_summary.test["loss"])
    if not run_summary.test and run_summary.final:
        values = {
            f"last {name}": number_text(value) for name, value in main_metrics(run_summary.final).items()
        }
    if run_summary.best is not None:
        best = f"{run_summary.best.by} {number_text(run_summary.best.metrics[run_summary.best.by])}"
        values["best epoch"] = f"{run_summary.best.epoch}\n{best}"
    if run_summary.parameters is not None:
        values["parameters"] = count_text(run_summary.parameters)
    tiles = "\n".join(_tile(name, value) for name, value in values.items())
    return f'<dl class="tiles">\n{tiles}\n</dl>' if values else ""


def _interval(name: str, value: float, seen: Observations | None) -> str:
    interval = metric_interval(name, value, seen)
    return f"95 %: {interval}" if interval else ""


def _tile(name: str, value: str) -> str:
    large, _, small = value.partition("\n")
    below = f"<small>{escape(small)}</small>" if small else ""
    return f"<div><dt>{escape(name.replace('_', ' '))}</dt><dd>{escape(large)}{below}</dd></div>"


def _expectations(expectations: tuple[CheckedExpectation, ...]) -> str:
    if not expectations:
        return ""
    rows = [
        (
            expectation.metric,
            f"{expectation.relation} {_number(expectation.value)}",
            "–" if expectation.measured is None else _number(expectation.measured),
            _held(expectation),
        )
        for expectation in expectations
    ]
    return table(("metric", "expected", "measured", ""), rows, kind="expectations", messages=(3,))


def _held(expectation: CheckedExpectation) -> str:
    if expectation.held is None:
        return "not checked" + (f": {expectation.why}" if expectation.why else "")
    return "✓ met" if expectation.held else "✗ not met"


def _number(value: float) -> str:
    return count_text(int(value)) if value == int(value) and abs(value) >= 2 else f"{value:.4g}"
