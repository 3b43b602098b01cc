"""A comparison as plain data, ready to be JSON."""

from collections.abc import Sequence

from nettool.views.comparison.comparison import Comparison
from nettool.views.comparison.differences import ABSENT, Difference
from nettool.views.runs.facts import account_facts


def comparison_facts(comparison: Comparison) -> dict[str, object]:
    """The runs, then what differs: `values` by the run's number from 1, without those that have none."""
    return {
        "runs": [account_facts(account) for account in comparison.accounts],
        "spec": _facts(comparison.spec),
        "circumstances": _facts(comparison.circumstances),
    }


def _facts(found: Sequence[Difference]) -> list[dict[str, object]]:
    return [
        {
            "path": each.path,
            "values": {
                str(number): value for number, value in enumerate(each.values, 1) if value is not ABSENT
            },
        }
        for each in found
    ]
