"""How to repeat a run, resume it and evaluate it: commands that can be typed as they stand."""

import shlex
from collections.abc import Iterator
from html import escape

from nettool.record.run_report import RunReport
from nettool.views.report.markup import section
from nettool.views.runs.repeat import repeat_command


def repeat(report: RunReport) -> str:
    """The commands, each with what it does."""
    rows = "\n".join(
        f"<dt>{escape(what)}</dt><dd><code>{escape(command)}</code></dd>"
        for what, command in _commands(report)
    )
    return section("repeat", "How to repeat it", f'<dl class="facts commands">\n{rows}\n</dl>')


def _commands(report: RunReport) -> Iterator[tuple[str, str]]:
    run_summary = report.run_summary
    run = shlex.quote(f"{run_summary.run.path.parent.parent.name}/{run_summary.label}")
    if run_summary.command:
        yield "started with", repeat_command(run_summary)
    if run_summary.status != "finished":
        yield "resume it", f"nettool train --resume {run}"
    else:
        yield "repeat it and compare", f"nettool reproduce {run}"
        yield "train it longer", f"nettool train --resume {run} --epochs {2 * max(run_summary.epochs, 1)}"
    if report.has_model:
        yield "look at its weights", f"nettool inspect {run} weights"
        yield "evaluate its model", f"nettool evaluate {run}"
        yield "predict with its model", f"nettool predict {run} FILE"
    yield "write this report again", f"nettool report {run}"
