"""The events of `--json`: each is what the schema says, and the schema says what was promised."""

import json
from typing import get_args

import jsonschema
import pytest
from checked_events import check_event
from command_line import run

from nettool.cli.output.listeners import json_lines
from nettool.jobs.event_schema import EVENTS, event_keys, event_meaning
from nettool.record.events.events import (
    EpochEnded,
    EpochStarted,
    Evaluated,
    Event,
    Note,
    RunEnded,
    RunResumed,
    RunStarted,
    StepsDone,
    Working,
)

EXAMPLES = [
    RunStarted("small", "runs/small", {"train": 80, "test": 20}, 650, 3, 32),
    RunStarted("small", "runs/small", {"train": 80}, 650, 1, 32, "1 epoch of 3"),
    RunResumed(2, 0),
    Note("a note"),
    EpochStarted(1, 3, 5),
    StepsDone(1, 2, 5, {"loss": 0.5}),
    EpochEnded(1, 3, {"loss": float("nan"), "val_loss": 0.25}, 0.001, 1.5),
    Evaluated("test", 20, {"loss": 0.5}, 0.25),
    Working("pictures"),
    RunEnded("finished", "runs/small", 3.5),
]
PROMISED = {
    "run_started": "name directory samples parameters epochs batch_size trial",
    "run_resumed": "epochs step",
    "note": "text",
    "epoch_started": "epoch epochs steps",
    "steps_done": "epoch step steps figures",
    "epoch_ended": "epoch epochs figures learning_rate seconds is_best",
    "evaluated": "part samples figures seconds left_out",
    "working": "what",
    "run_ended": "status directory seconds",
    "expectation": "figure relation value measured held why",
    "compared": "equal difference notes",
    "dry_run": "name parameters samples batch_size steps epochs optimizer precision memory notes",
    "smoke": "spec passed parameters loss seconds failure skipped",
}
"""What version 1 promises: keys may be added here, and only a new version may take one away."""


def test_the_keys_of_each_event_are_those_that_were_promised() -> None:
    assert {name: " ".join(key.name for key in event_keys(name)) for name in EVENTS} == PROMISED
    assert all(event_meaning(name).endswith(".") for name in EVENTS)


def test_every_event_of_a_run_is_as_the_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert {type(each) for each in EXAMPLES} == set(get_args(Event))
    for event in EXAMPLES:
        json_lines(event)
    for line in capsys.readouterr().out.splitlines():
        check_event(json.loads(line))


@pytest.mark.parametrize(
    "wrong",
    [
        {"event": "note", "version": 1},
        {"event": "note", "version": 1, "text": 3},
        {"event": "note", "version": 2, "text": "x"},
        {"event": "nothing", "version": 1},
        {"event": "epoch_started", "version": 1, "epoch": 1.5, "epochs": 3, "steps": 5},
    ],
)
def test_the_schema_refuses_what_is_no_event(wrong: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        check_event(wrong)


def test_the_schema_is_printed() -> None:
    ended = run("schema", "--events")
    assert ended.code == 0
    assert [each["title"] for each in json.loads(ended.out)["oneOf"]] == list(EVENTS)
