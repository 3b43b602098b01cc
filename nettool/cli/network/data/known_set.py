"""Which built-in data set a command is about."""

import click

from nettool.data.builtin.catalogue import DATA_SETS, DataSet
from nettool.diagnostics.suggest import did_you_mean


def known_set(name: str) -> DataSet:
    """The data set of that name; a usage error when there is none."""
    if name not in DATA_SETS:
        advice = did_you_mean(name, DATA_SETS) or "`nettool data list` shows them"
        raise click.UsageError(f"there is no data set `{name}`: {advice}")
    return DATA_SETS[name]
