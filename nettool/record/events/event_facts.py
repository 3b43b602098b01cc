"""An event as plain facts, ready to be one JSON object."""

import re

from nettool.record.disk.json_form import plain
from nettool.record.events.events import Event


def event_facts(event: Event) -> dict[str, object]:
    """The event's name and its fields: `{"event": "epoch_ended", "epoch": 3, …}`.

    Metrics that are not finite are None.
    """
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower()
    return {"event": name, **_plain(event)}


def _plain(event: Event) -> dict[str, object]:
    facts = plain(event)
    assert isinstance(facts, dict)
    return facts
