"""Where a run came from: spec, seed, versions, code and data; and what it took of time and memory."""

from collections.abc import Iterator, Mapping
from html import escape

from nettool.data.field import Field
from nettool.record.disk.forms import moment
from nettool.record.events.event_text import seconds_text
from nettool.record.events.position import Position
from nettool.record.files.provenance import Provenance
from nettool.record.files.run_request import given_options
from nettool.record.run_report import RunReport
from nettool.views.report.markup import facts, folded, quoted, section, table

_COMMIT_DIGITS = 12
_WORDS = {
    "data": "loading the data",
    "build": "building the network",
    "describing": "describing the run",
    "test": "evaluating on the test set",
    "plots": "drawing pictures",
}
_UNITS = ("B", "KB", "MB", "GB", "TB")


def origin(report: RunReport) -> str:
    """The facts, the data files, then the texts themselves."""
    came = report.origin
    return section(
        "origin",
        "What was run",
        facts(_facts(report)),
        _files(came) if came else "",
        "<h3>Spec</h3>" + quoted(report.spec) if report.spec else "",
        folded("With every default filled in (resolved.yaml)", quoted(report.resolved))
        if report.resolved
        else "",
        folded("Log (train.log)", quoted("\n".join(report.log))) if report.log else "",
    )


def _facts(report: RunReport) -> Iterator[tuple[str, str]]:
    came, prepared, seen = report.origin, report.preparation, report.seen
    if came is None:
        return
    yield "spec", came.spec
    yield "overrides", "\n".join(came.overrides) or "none"
    yield from given_options(came)
    yield "seed", f"{came.seed}"
    yield "data", str(came.data.get("dataset", ""))
    if seen:
        yield "samples", ", ".join(f"{count:,} {part}" for part, count in seen.samples.items() if count)
    if prepared:
        yield (
            "fields",
            "\n".join(f"{field.name}: {_kind(field)}" for field in prepared.fields),
        )
    yield "notes", "\n".join(dict.fromkeys(_notes(report.log)))
    yield "versions", _versions(came.versions)
    yield "computed with", f"{came.backend} on {', '.join(came.devices)}" if came.devices else came.backend
    commit = came.commit
    if commit is not None:
        yield "commit", commit.hash[:_COMMIT_DIGITS] + (", with changes" if commit.dirty else "")
    for each in came.resumptions:
        done = Position(each.epochs, each.steps)
        yield "resumed", f"on {moment(each.time).isoformat().replace('T', ' at ')}, after {done}"
        yield from given_options(each)


def _notes(log: tuple[str, ...]) -> Iterator[str]:
    for line in log:
        _, is_note, text = line.partition("  note: ")
        if is_note:
            yield text


def _kind(field: Field) -> str:
    shape = "×".join("any" if length is None else f"{length}" for length in field.shape)
    classes = f"of {len(field.classes)} classes" if field.classes else ""
    return " ".join(word for word in (field.kind, shape, classes) if word)


def _versions(versions: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in versions.items())


def _files(came: Provenance) -> str:
    rows = [(each.name, each.state, each.checksum) for each in came.data_files]
    return table(("data file", "", "checksum"), rows, kind="files") if rows else ""


def times(report: RunReport) -> str:
    """Bars for the times, then speed and memory in words."""
    return section("cost", "Time and memory", _bars(report), facts(_time_facts(report)))


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


def _time_facts(report: RunReport) -> Iterator[tuple[str, str]]:
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
        yield "most memory held", memory_text(seen.peak_memory)
    machine = report.origin.hardware if report.origin else None
    if machine is not None:
        cores = f"{machine.cores} {'core' if machine.cores == 1 else 'cores'}"
        yield "machine", ", ".join(part for part in (machine.processor, cores) if part)
        yield "its memory", "" if machine.memory is None else memory_text(machine.memory)
        yield "GPUs", ", ".join(machine.gpus)


def memory_text(count: int) -> str:
    """Bytes in the largest unit of 1,024 of which there is at least one."""
    size, unit = float(count), 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.0f} {_UNITS[unit]}" if unit < 3 else f"{size:.1f} {_UNITS[unit]}"
