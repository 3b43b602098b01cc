"""The errors of the manual: they have public names, and go from process to process as they are."""

import copy
import pickle
import re
from pathlib import Path

import pytest

import nettool
from nettool.data.failure import DataMissing
from nettool.diagnostics.diagnostic import Diagnostic
from nettool.diagnostics.source import Source, Span
from nettool.jobs.call_error import NothingToResume
from nettool.record.run_directory import RunDirectory

_SPAN = Span(Source("a.yaml", "name: a"), 1, 1, 1, 5)
ERRORS = [
    nettool.SpecError((Diagnostic("NT201", "`train` has no key `epoch`", _SPAN, help="write `epochs`"),)),
    nettool.DataError("there is no file", ("expected: one",), ("columns", 0)),
    DataMissing("there is no file", ("expected: one",)),
    nettool.CallError("there is no run"),
    NothingToResume("it is finished", 3),
    nettool.BuildFailed("fc", "Dense", "no", _SPAN),
    nettool.UserCodeFailed("own.py", 3, ValueError("no")),
    nettool.TrainingFailed("the loss became nan", 2, 7, ("kept: the state",)),
    nettool.OutOfMemory("too little memory", ("smaller",)),
    nettool.CannotResume("it was changed"),
    nettool.CannotRecord("it is gone"),
    nettool.RunDamaged(Path("a/status.json"), "it is not JSON"),
]


@pytest.mark.parametrize("error", ERRORS, ids=[type(error).__name__ for error in ERRORS])
def test_an_error_stays_whole_on_its_way_from_another_process(error: Exception) -> None:
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert {name: str(value) for name, value in vars(again).items()} == {
            name: str(value) for name, value in vars(error).items()
        }


def test_a_stranger_s_names_do_nothing_to_the_terminal_of_who_sees_the_error() -> None:
    name = "a\x1b[2J\u202e"
    spec, data = Diagnostic("NT201", f"no `{name}`", _SPAN, help=name), nettool.DataError(name, (name,))
    assert str(nettool.SpecError((spec,))) == (
        "a.yaml:1:1: error NT201: no `a\\u001b[2J\\u202e`: a\\u001b[2J\\u202e"
    )
    assert str(data) == "a\\u001b[2J\\u202e\n  a\\u001b[2J\\u202e"


def test_a_run_in_use_says_so_in_another_process(tmp_path: Path) -> None:
    error = nettool.RunInUse(RunDirectory(tmp_path))
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_each_error_of_the_manual_has_a_public_name() -> None:
    manual = (Path(nettool.__file__).parents[1] / "docs" / "api.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([A-Z]\w+)`", manual.partition("## Errors")[2])) - {"OSError"}
    assert {"SpecError", "TrainingFailed", "RunInUse"} <= named <= set(nettool.__all__)
