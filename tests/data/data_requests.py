"""Requests for built-in data sets, in one line."""

from typing import Any

from nettool.data.declare import Declaration, declare
from nettool.data.request import DataRequest
from nettool.data.sources.built_in import BuiltIn


def request_for(dataset: str, **options: Any) -> DataRequest:
    """A request for a built-in data set."""
    return DataRequest(BuiltIn(dataset), **options)


def declared(dataset: str, **options: Any) -> Declaration:
    """What such a request declares."""
    request = request_for(dataset, **options)
    return declare(request, request.source.statement())
