"""What a run cost: seconds by what took them, and memory."""

from collections.abc import Iterator
from html import escape

from nettool.record.events.event_text import seconds_text
from nettool.record.run_report import RunReport
from nettool.views.page.markup import facts, section

_WORDS = {
    "data": "loading the data",
    "build": "building the network",
    "describing": "describing the run",
    "test": "evaluating on the test set",
    "plots": "drawing pictures",
}
_UNITS = ("B", "KB", "MB", "GB", "TB")


def times(report: RunReport) -> str:
    """Bars for the times, then speed and memory in words."""
    return section("cost", "Time and memory", _bars(report), facts(_facts(report)))


def _bars(report: RunReport) -> str:
    timings = report.run_summary.timings
    longest = max(timings.values(), default=0.0)
    if not longest:
        return ""
    rows = "\n".join(
        f'<tr><th scope="row">{escape(_WORDS.get(what, what))}</th>'
        f'<td class="number">{seconds_text(seconds)}</td>'
        f'<td class="bar"><div style="width:{seconds / longest:.1%}"></div></td></tr>'
        for what, seconds in timings.items()
    )
    return f'<table class="bars"><tbody>\n{rows}\n</tbody></table>'


def _facts(report: RunReport) -> Iterator[tuple[str, str]]:
    run_summary, seen = report.run_summary, report.seen
    if run_summary.seconds is not None:
        yield "in all", seconds_text(run_summary.seconds)
    training = run_summary.timings.get("training")
    if training and run_summary.epochs:
        yield "an epoch", seconds_text(training / run_summary.epochs)
        samples = (seen.samples.get("train", 0) if seen else 0) * run_summary.epochs
        if samples:
            yield "speed", f"{samples / training:,.0f} samples a second, validation and saving included"
    if seen and seen.peak_memory:
        yield "most memory held", _memory_text(seen.peak_memory)
    machine = report.origin.hardware if report.origin else None
    if machine is not None:
        cores = f"{machine.cores} {'core' if machine.cores == 1 else 'cores'}"
        yield "machine", ", ".join(part for part in (machine.processor, cores) if part)
        yield "its memory", "" if machine.memory is None else _memory_text(machine.memory)
        yield "GPUs", ", ".join(machine.gpus)


def _memory_text(count: int) -> str:
    """Bytes in the largest unit of 1,024 of which there is at least one."""
    size, unit = float(count), 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.0f} {_UNITS[unit]}" if unit < 3 else f"{size:.1f} {_UNITS[unit]}"
