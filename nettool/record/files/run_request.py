"""What the caller of a training asked for beside its spec: kept in run.json as it was asked.

An option that is to be recorded is one field here, with a default, and the option itself:

    note: str | None = recorded("note", None)

From the field follow its key in run.json (of the run, and of each time it was resumed), what is refused as
damaged when it is read, its line in the report, and its key in `nettool runs --json`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from nettool.record.disk.typed_json import later

_SHOWN_AS = "shown as"


def recorded(shown_as: str, default: object) -> Any:  # noqa: ANN401 - as dataclasses.field is typed
    """A field for an option: what it is called where a run is shown, and its value where it was not given."""
    return later(default, metadata={_SHOWN_AS: shown_as})


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """How a training was asked for. `command` is what was typed behind `nettool`."""

    command: tuple[str, ...]


def given_options(request: RunRequest) -> Iterator[tuple[str, str]]:
    """The options that were given, as a run shows them: each with its value in words."""
    for each in fields(request):
        value = getattr(request, each.name)
        if _SHOWN_AS in each.metadata and value != each.default:
            yield each.metadata[_SHOWN_AS], f"{value}"


def options_of(request: RunRequest) -> Mapping[str, object]:
    """All recorded options by their keys, but for the command itself."""
    return {name: value for name, value in request_facts(request).items() if name != "command"}


def request_facts(request: RunRequest) -> dict[str, Any]:
    """What was asked for by its keys in run.json, also of what holds more than that."""
    return {each.name: getattr(request, each.name) for each in fields(RunRequest)}
