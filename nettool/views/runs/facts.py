"""Runs as plain data, ready to be JSON."""

from nettool.record.account import Account
from nettool.record.json_form import plain


def account_facts(account: Account) -> dict[str, object]:
    """All that is known of a run. Figures that are not finite are None, and so is what it did not come to."""
    best = account.best
    facts = {
        "run": account.label,
        "directory": str(account.run.path),
        "name": account.name,
        "started": account.started.isoformat(timespec="seconds"),
        "status": account.standing,
        "why": account.why,
        "trial": account.trial,
        "spec": account.spec,
        "command": ["nettool", *account.command] if account.command else None,
        "seed": account.seed,
        "parameters": account.parameters,
        "epochs": account.epochs,
        "best": None if best is None else {"epoch": best.epoch, "by": best.by, "figures": best.figures},
        "final": account.final,
        "test": account.test,
        "seconds": None if account.seconds is None else round(account.seconds, 3),
        "timings": account.timings,
        "unmet": account.unmet,
    }
    return {key: plain(value) for key, value in facts.items()}
