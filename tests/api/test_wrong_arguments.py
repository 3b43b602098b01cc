"""Wrong values in a call from Python: each is one of the documented errors, and names the argument."""

import copy
import pickle
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import nettool

SPEC = """
data: digits
inputs: {image: [64]}
nodes:
  hidden: {layer: Dense, units: 8, activation: relu}
  label: {layer: Dense, units: 10, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
metrics: {label: accuracy}
train: {epochs: 2, batch_size: 64}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "small.yaml"
    file.write_text(SPEC)
    return file


@pytest.mark.parametrize("wrong", [None, 3, b"small.yaml", ["small.yaml"], "a\0b"])
def test_a_path_is_a_path(wrong: Any) -> None:
    for call in (nettool.load, nettool.build, nettool.load_data, nettool.train):
        with pytest.raises(nettool.CallError, match="`path`"):
            call(wrong)


@pytest.mark.parametrize(
    "value",
    [np.int64(3), np.array(3), np.uint8(3)],
)
def test_numpy_numbers_are_numbers(path: Path, value: object) -> None:
    assert "epochs: 3" in nettool.load(path, {"train.epochs": value}).resolved


@pytest.mark.parametrize("value", [np.float64(1e-5), np.float32(1e-5), np.logspace(-5, -1, 5)[0]])
def test_numpy_fractions_are_fractions(path: Path, value: object) -> None:
    spec = nettool.load(path, {"train.optimizer": {"optimizer": "Adam", "learning_rate": value}})
    assert re_learning_rate(spec.resolved) == pytest.approx(1e-5)


def re_learning_rate(text: str) -> float:
    """What the resolved spec says."""
    return float(text.partition("learning_rate: ")[2].partition(",")[0])


def test_arrays_are_lists_and_paths_are_text(path: Path) -> None:
    spec = nettool.load(path, {"inputs.image": np.array([64]), "meta.from": Path("a") / "b"})
    assert "[64]" in spec.resolved
    assert "a/b" in spec.resolved.replace("\\", "/")


@pytest.mark.parametrize(
    "text", ["a\u2028b", "a \x85 b", "\x7f", "x\ufeff", "a\u2028\u2028b", "\U0001f600", "x\x00"]
)
def test_each_text_comes_back_as_it_was(path: Path, tmp_path: Path, text: str) -> None:
    spec = nettool.load(path, {"meta.note": text, "train.epochs": 3})
    again = tmp_path / "again.yaml"
    again.write_text(spec.resolved, encoding="utf-8", newline="")
    note = nettool.load(again).loaded.plan.document.tree.get("meta")
    assert note is not None
    assert [pair.value.value for pair in note.pairs] == [text]  # type: ignore[attr-defined]


def test_numbers_without_an_end_stay_numbers(path: Path) -> None:
    spec = nettool.load(path, {"meta": {"a": float("inf"), "b": float("-inf"), "c": float("nan")}})
    assert "{a: .inf, b: -.inf, c: .nan}" in spec.resolved


@pytest.mark.parametrize("wrong", ["train.epochs=3", ["train.epochs=3"], 3, {"train.epochs"}])
def test_overrides_are_a_mapping(path: Path, wrong: Any) -> None:
    with pytest.raises(nettool.CallError, match="`overrides` must be a mapping of paths to values"):
        nettool.load(path, wrong)


@pytest.mark.parametrize("key", ["train.epochs=4", " train.epochs", "train.epochs\n"])
def test_a_key_of_overrides_is_a_path(path: Path, key: str) -> None:
    with pytest.raises(nettool.CallError, match="in `overrides` is no path"):
        nettool.load(path, {key: 3})
    with pytest.raises(nettool.SpecError, match="NT901"):
        nettool.load(path, {"train..epochs": 3})


@pytest.mark.parametrize("value", [object(), {1, 2}, b"3", date(2020, 1, 1), 3j, print])
def test_a_value_that_no_spec_holds_is_named(path: Path, value: object) -> None:
    with pytest.raises(nettool.CallError, match=rf"`train.epochs` is a {type(value).__name__}"):
        nettool.load(path, {"train.epochs": value})


def test_values_without_an_end_are_refused(path: Path) -> None:
    circle: dict[str, object] = {}
    circle["again"] = circle
    with pytest.raises(nettool.CallError, match="nested more than 50 levels"):
        nettool.load(path, {"meta": circle})
    with pytest.raises(nettool.CallError, match="too many digits"):
        nettool.load(path, {"train.seed": 10**5000})
    with pytest.raises(nettool.CallError, match="half of a character"):
        nettool.load(path, {"meta.note": "\ud800"})
    twice: list[object] = ["x"]
    for _ in range(40):
        twice = [twice, twice]
    for value in (np.zeros(3_000_000), twice, "x" * 5_000_000):
        with pytest.raises(nettool.CallError, match=r"`meta\.note` has more than 4 MB, which no spec has"):
            nettool.load(path, {"meta.note": value})


class Place:
    """A path that is none of pathlib's."""

    def __init__(self, path: str | bytes) -> None:
        self._path = path

    def __fspath__(self) -> str | bytes:
        return self._path


def test_a_path_of_another_kind_is_the_path_that_it_stands_for(path: Path) -> None:
    assert "a/b" in nettool.load(Place(str(path)), {"meta.from": Place("a/b")}).resolved  # type: ignore[arg-type]
    with pytest.raises(nettool.CallError, match="`path` must be a path"):
        nettool.load(Place(b"x"))  # type: ignore[arg-type]
    with pytest.raises(nettool.CallError, match=r"`meta\.from` is a bytes"):
        nettool.load(path, {"meta.from": Place(b"x")})


def test_a_value_of_many_values_or_digits_is_named_like_any_other(path: Path) -> None:
    spec = nettool.load(path)
    for wrong in (np.array([1, 2]), np.zeros(0)):
        with pytest.raises(nettool.CallError, match=r"`depth` must be a whole number .*, not a ndarray"):
            spec.plot(depth=wrong)  # type: ignore[arg-type]
    with pytest.raises(nettool.CallError, match=r"must be a path, .* not a longer number"):
        nettool.load(10**5000)  # type: ignore[arg-type]


def test_a_mistake_in_an_override_names_the_override_and_no_command_line(path: Path) -> None:
    with pytest.raises(nettool.SpecError) as caught:
        nettool.load(path, {"train.epoch": 3})
    assert str(caught.value) == (
        "override `train.epoch=3`: error NT201: `train` has no key `epoch`: did you mean `epochs`?"
    )
    with pytest.raises(nettool.SpecError, match='data="mnits": error NT501: there is no data set `mnits`'):
        nettool.load(path, data="mnits")


@pytest.mark.parametrize("wrong", [3, Path("digits"), {"arrays": "x"}])
def test_data_are_a_name(path: Path, wrong: Any) -> None:
    with pytest.raises(nettool.CallError, match="`data` must be text"):
        nettool.load(path, data=wrong)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"depth": -1}, "`depth` must be a whole number of at least 0, not `-1`"),
        ({"depth": "1"}, "`depth` must be a whole number of at least 0, or `all`, not"),
        ({"direction": "left-rigth"}, "there is no direction `left-rigth`: did you mean `left-right`?"),
        ({"direction": 3}, "there is no direction `3`: there are `top-down` and `left-right`"),
        ({"slide": "16:10"}, "there is no slide `16:10`"),
        ({"view": 3}, "`view` must be text, not `3`"),
        ({"path": 3}, "`path` must be a path, as text or a pathlib.Path, not `3`"),
    ],
)
def test_arguments_of_a_plot_are_checked(path: Path, arguments: Any, message: str) -> None:
    import re

    with pytest.raises(nettool.CallError, match=re.escape(message)):
        nettool.load(path).plot(**arguments)


def test_samples_are_asked_for_by_field_only(path: Path) -> None:
    samples = nettool.load(path).load_data().test
    assert "image" in samples
    assert 0 not in samples
    with pytest.raises(TypeError, match="not iterable"):
        iter(samples)  # type: ignore[call-overload]
    with pytest.raises(nettool.CallError, match="no field"):
        samples[slice(3)]  # type: ignore[index]


def test_arguments_of_a_training_are_checked_before_anything_is_written(path: Path, tmp_path: Path) -> None:
    for arguments, message in (
        ({"on_event": 3}, "`on_event` must be a function of one event, not `3`"),
        ({"on_event": "print"}, "`on_event` must be"),
        ({"name": 3}, "`name` must be text, not `3`"),
        ({"device": 0}, "`device` must be text, not `0`"),
        ({"backend": "tensorflw"}, "did you mean `tensorflow`?"),
        ({"data_dir": 3}, "`data_dir` must be a path"),
        ({"runs_dir": None}, "`runs_dir` must be a path"),
    ):
        with pytest.raises(nettool.CallError) as caught:
            nettool.train(path, **{"runs_dir": tmp_path / "runs", **arguments})  # type: ignore[arg-type]
        assert message in str(caught.value)
    assert not (tmp_path / "runs").exists()
    with pytest.raises(nettool.CallError, match="`name` must be a path"):
        nettool.open_run(None)  # type: ignore[arg-type]


def test_a_spec_is_not_changed_by_setting_an_attribute(path: Path) -> None:
    spec = nettool.load(path)
    with pytest.raises(AttributeError):
        spec.epochs = 3  # type: ignore[attr-defined]
    assert pickle.loads(pickle.dumps(spec)).name == copy.deepcopy(spec).name == "small"


def test_specs_and_runs_are_made_by_functions() -> None:
    with pytest.raises(nettool.CallError, match=r"call `nettool\.load`"):
        nettool.Spec("a.yaml")  # type: ignore[arg-type]
    with pytest.raises(nettool.CallError, match=r"call `nettool\.open_run`"):
        nettool.Run("runs/a")  # type: ignore[arg-type]
