"""Runs as plain data, ready to be JSON."""

from nettool.record.disk.json_form import plain
from nettool.record.files.run_request import options_of
from nettool.record.run_summary import RunSummary


def run_facts(run_summary: RunSummary) -> dict[str, object]:
    """All that is known of a run. Metrics that are not finite are None, and so is what it did not come to."""
    best = run_summary.best
    facts = {
        "run": run_summary.label,
        "directory": str(run_summary.run.path),
        "name": run_summary.name,
        "started": run_summary.started.isoformat(timespec="seconds"),
        "status": run_summary.status,
        "why": run_summary.why,
        "trial": run_summary.trial,
        "spec": run_summary.spec,
        "command": ["nettool", *run_summary.command] if run_summary.command else None,
        **({} if run_summary.request is None else options_of(run_summary.request)),
        "seed": run_summary.seed,
        "parameters": run_summary.parameters,
        "epochs": run_summary.epochs,
        "best": None if best is None else {"epoch": best.epoch, "by": best.by, "figures": best.metrics},
        "final": run_summary.final,
        "test": run_summary.test,
        "seconds": None if run_summary.seconds is None else round(run_summary.seconds, 3),
        "timings": run_summary.timings,
        "unmet": run_summary.unmet,
    }
    return {key: plain(value) for key, value in facts.items()}
