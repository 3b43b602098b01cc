"""What a table calls the numbers of its vectors."""

from collections.abc import Mapping

from nettool.data.request import DataRequest
from nettool.data.sources.table import Table


def column_names(request: DataRequest | None) -> Mapping[str, tuple[str, ...]]:
    """The columns of each field, by the field's name; nothing for data that are no table."""
    if request is None or not isinstance(request.source, Table):
        return {}
    return {each.field: each.columns for each in request.source.columns}
