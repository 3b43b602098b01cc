"""Where a run came from: spec and overrides, seed, versions, code and data with their checksums."""

from collections.abc import Iterator, Mapping

from nettool.data.field import Field
from nettool.record.disk.forms import moment
from nettool.record.events.position import Position
from nettool.record.files.provenance import Provenance
from nettool.record.files.run_request import given_options
from nettool.record.run_report import RunReport
from nettool.views.page.markup import facts, folded, quoted, section, table

_COMMIT_DIGITS = 12


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
