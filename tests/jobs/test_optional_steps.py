"""What a run could do without is said while it is made, also where each part of it is quick."""

import time
from pathlib import Path

import pytest

from nettool.jobs.observe import optional_steps
from nettool.record.events.events import Event, Working
from nettool.record.run_directory import RunDirectory


@pytest.mark.parametrize(("silence", "is_heard"), [(0.1, True), (60.0, False)])
def test_many_things_that_take_long_together_are_not_made_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, silence: float, *, is_heard: bool
) -> None:
    monkeypatch.setattr(optional_steps, "_PATIENCE", 30.0)
    monkeypatch.setattr(optional_steps, "_SILENCE", silence)
    heard: list[Event] = []
    making = optional_steps.OptionalSteps(RunDirectory(tmp_path), heard.append)
    for number in range(5):
        making.attempt(f"picture {number}", lambda: time.sleep(0.08))
    words = [each.what for each in heard if isinstance(each, Working)]
    assert bool(words) is is_heard
    assert all(each.startswith("making picture ") for each in words)
