"""Which way each loss and metric of a run is better: decided by its spec, kept in results.json."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from nettool.record.run_damaged import RunDamaged
from nettool.record.run_summary import RunSummary
from nettool.vocabulary.keras_names import canonical
from nettool.vocabulary.metric_directions import VALIDATION_PREFIX, Direction, direction_of


def directions(run_summary: RunSummary) -> Mapping[str, Direction]:
    """By the name of a loss or metric: as results.json says, else as the metrics in resolved.yaml are.

    Empty where neither can be read.
    """
    if run_summary.better:
        return run_summary.better
    # It reads YAML, which most listings do without.
    from nettool.record.files.resolved_spec import resolved_spec

    with suppress(RunDamaged, OSError):
        return directions_in(resolved_spec(run_summary.run))
    return {}


def directions_in(spec: Mapping[str, object]) -> dict[str, Direction]:
    """Those of a resolved spec. A metric of several outputs has its output's name before its own."""
    found: dict[str, Direction] = {"loss": "min"}
    for output, _ in _by_output(spec.get("losses")):
        found[f"{output}_loss"] = "min"
    for output, metric in _by_output(spec.get("metrics")):
        name = metric.get("metric")
        known = canonical("metrics", name) if isinstance(name, str) else None
        if known is not None:
            label = metric.get("name", name)
            found[f"{label}"] = found[f"{output}_{label}"] = direction_of(known)
    return found


def direction_in(better: Mapping[str, Direction], name: str) -> Direction | None:
    """That of a metric, or of its validation; None where it is not known."""
    return better.get(name, better.get(name.removeprefix(VALIDATION_PREFIX)))


def _by_output(section: object) -> Iterator[tuple[object, Mapping[str, object]]]:
    for output, written in section.items() if isinstance(section, Mapping) else ():
        for each in written if isinstance(written, list | tuple) else [written]:
            if isinstance(each, Mapping):
                yield output, each
