"""Which runs are listed, and in which order."""

from collections.abc import Callable, Collection, Iterable, Mapping
from fnmatch import fnmatchcase
from math import inf, isfinite

from nettool.record.account import Account
from nettool.record.directions import direction_in, directions
from nettool.record.events import Figures
from nettool.views.main_metrics import main_figures

_Key = tuple[object, ...]


def _by_when(account: Account) -> _Key:
    return (-account.started.timestamp(),)


def _by_best(account: Account) -> _Key:
    return (
        (1,)
        if account.best is None
        else _rank(account, {account.best.by: account.best.figures[account.best.by]})
    )


def _rank(account: Account, figures: Figures) -> _Key:
    """First by the name of the main figure, for only figures of one kind can be compared; then the best."""
    for name, value in main_figures(figures).items():
        direction = direction_in(directions(account), name) if isfinite(value) else None
        if direction is not None:
            return (0, name, direction, value if direction == "min" else -value)
    return (1,)


ORDERS: Mapping[str, Callable[[Account], _Key]] = {
    "when": _by_when,
    "name": lambda account: (account.name,),
    "status": lambda account: (account.standing,),
    "epochs": lambda account: (-account.epochs,),
    "best": _by_best,
    "test": lambda account: _rank(account, account.test),
    "time": lambda account: (inf if account.seconds is None else account.seconds,),
}
"""What comes first: the newest, the first by its letters, the most epochs, the best, the quickest."""


_OF_RESULTS = frozenset({"best", "test"})
"""Orders in which trials come last: what they reached does not count."""


def ordered(accounts: Iterable[Account], by: str, *, reverse: bool = False) -> tuple[Account, ...]:
    """The runs in that order; of equal ones the newest first."""
    newest_first = sorted(accounts, key=lambda account: (_by_when(account), account.label))
    in_order = sorted(
        newest_first,
        key=lambda account: (by in _OF_RESULTS and account.trial is not None, ORDERS[by](account)),
    )
    return tuple(reversed(in_order) if reverse else in_order)


def chosen(
    accounts: Iterable[Account], names: Collection[str] = (), standings: Collection[str] = ()
) -> tuple[Account, ...]:
    """The runs of which the name fits one of the patterns, and which stand so; all when nothing is said."""
    return tuple(
        account
        for account in accounts
        if (not names or any(fnmatchcase(account.name, pattern) for pattern in names))
        and (not standings or account.standing in standings)
    )


def newest_finished(accounts: Iterable[Account]) -> tuple[Account, ...]:
    """Of the finished runs of each name the newest one, a trial only where there is nothing else."""
    newest: dict[str, Account] = {}
    for account in sorted(ordered(accounts, "when"), key=lambda account: account.trial is not None):
        if account.standing == "finished":
            newest.setdefault(account.name, account)
    return tuple(newest.values())
