"""Training from a program: runs are objects, several in one process are independent."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import nettool
from nettool.record.events.events import EpochEnded, Event, RunEnded, RunStarted

if TYPE_CHECKING:
    from nettool.api.run import Run

pytestmark = pytest.mark.keras

SPEC = """
data: digits
inputs: {image: [64]}
nodes:
  hidden: {layer: Dense, units: 8, activation: relu}
  drop: {layer: Dropout, rate: 0.2}
  label: {layer: Dense, units: 10, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
metrics: {label: accuracy}
train: {epochs: 2, batch_size: 64, seed: 3}
"""


def silent(event: Event) -> None:
    """Shows nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("api")
    (made / "small.yaml").write_text(SPEC)
    return made


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return []


@pytest.fixture(scope="module")
def run(folder: Path, events: list[Event]) -> "Run":
    return nettool.train(folder / "small.yaml", runs_dir=folder / "runs", on_event=events.append)


def test_a_run_says_what_it_came_to(run: "Run", folder: Path) -> None:
    assert re.fullmatch(r"small/\d{8}-\d{6}", run.name)
    assert run.path.parent == folder / "runs" / "small"
    assert run.status == "finished"
    assert [row["epoch"] for row in run.metrics] == [1, 2]
    assert all(isinstance(row["epoch"], int) for row in run.metrics)
    assert set(run.results["test"]) == {"loss", "accuracy"}
    assert repr(run) == f"<nettool.Run {run.name}, finished>"


def test_events_are_told_as_they_come(run: "Run", events: list[Event]) -> None:
    assert isinstance(events[0], RunStarted)
    assert isinstance(events[-1], RunEnded)
    assert [each.epoch for each in events if isinstance(each, EpochEnded)] == [1, 2]


def test_the_report_says_how_the_command_line_repeats_the_run(run: "Run", folder: Path) -> None:
    assert f"train {folder / 'small.yaml'}" in run.report().read_text()


def test_a_notebook_shows_the_report(run: "Run") -> None:
    html = run._repr_html_()
    assert html.startswith("<iframe")
    assert "First filters" in html or "Confus" in html


def test_a_run_is_found_by_name(run: "Run", folder: Path) -> None:
    for name in ("latest", "small", run.name, run.path):
        assert nettool.open_run(name, runs_dir=folder / "runs").path == run.path
    with pytest.raises(nettool.CallError, match="there is no run `other`"):
        nettool.open_run("other", runs_dir=folder / "runs")


def test_one_seed_gives_equal_weights_whatever_was_trained_before(run: "Run", folder: Path) -> None:
    other = nettool.load(folder / "small.yaml", {"train.seed": 4})
    different = nettool.train(other, runs_dir=folder / "runs", on_event=silent)
    again = nettool.train(folder / "small.yaml", runs_dir=folder / "runs", on_event=silent)
    first, second, third = (each.model().get_weights() for each in (run, again, different))
    assert all(np.array_equal(one, two) for one, two in zip(first, second, strict=True))
    assert not all(np.array_equal(one, two) for one, two in zip(first, third, strict=True))
    assert [{**row, "seconds": 0} for row in run.metrics] == [{**row, "seconds": 0} for row in again.metrics]
    text = str(run.compare(different))
    assert "train.seed" in text
    assert run.compare(different)._repr_html_().count("data:image/svg") == 1
    with pytest.raises(nettool.CallError, match="2 to"):
        run.compare()


def test_predictions_are_arrays_by_output(run: "Run") -> None:
    data = run.spec.load_data()
    answers = run.predict(data.test["image"])["label"]
    assert answers.shape == (355, 10)
    share = (answers.argmax(axis=1) == data.test["label"].reshape(-1)).mean()
    assert share == pytest.approx(run.results["test"]["accuracy"])
    by_field = run.predict({"image": data.test["image"]}, batch_size=7)["label"]
    np.testing.assert_allclose(by_field, answers, atol=1e-6)
    with_keras = run.model().predict(data.test.scaled("image"), verbose=0)
    np.testing.assert_allclose(with_keras, answers, atol=1e-6)


def test_mistakes_are_the_wrong_predictions_the_surest_first(run: "Run") -> None:
    data = run.spec.load_data()
    answers = run.predict(data.test["image"])["label"]
    labels = data.test["label"].reshape(-1)
    found = run.mistakes()
    assert sorted(found.rows) == np.flatnonzero(answers.argmax(axis=1) != labels).tolist()
    assert found.true.tolist() == labels[found.rows].tolist()
    assert found.predicted.tolist() == answers[found.rows].argmax(axis=1).tolist()
    np.testing.assert_allclose(found.values, answers[found.rows].max(axis=1), atol=1e-6)
    assert np.all(np.diff(found.values) <= 0)
    assert (found.samples, found.classes, found.are_probabilities) == (355, tuple("0123456789"), True)
    assert found.share == pytest.approx(1 - run.results["test"]["accuracy"])
    words = f"{len(found)} mistakes in 355 samples of the test set"
    assert repr(found) == f"<nettool.Mistakes of label: {words}>"
    assert found.plot(count=2).title == f"small: {words}"
    assert found._repr_html_().startswith("<img")
    assert len(run.mistakes("validation", of="label")) > 0
    with pytest.raises(nettool.CallError, match="no output `lable` gives a class: did you mean `label`"):
        run.mistakes(of="lable")


def test_mistakes_of_several_outputs_are_asked_for_one_by_one(folder: Path) -> None:
    two = SPEC.replace(
        "outputs:", "  again: {layer: Dense, from: hidden, units: 10, activation: softmax}\noutputs:"
    )
    two = two.replace("outputs: [label]", "outputs: [label, again]").replace(
        "losses: {label: categorical_crossentropy}",
        "losses: {label: categorical_crossentropy, again: {loss: categorical_crossentropy, target: label}}",
    )
    (folder / "two.yaml").write_text(two.replace("epochs: 2", "epochs: 1"))
    run = nettool.train(folder / "two.yaml", runs_dir=folder / "two", on_event=silent)
    with pytest.raises(
        nettool.CallError, match="`label`, `again` give a class each: name one, such as `of='label'`"
    ):
        run.mistakes()
    assert run.mistakes(of="again").output == "again"


def test_arrays_of_another_shape_are_a_data_error(run: "Run") -> None:
    with pytest.raises(nettool.DataError, match=r"`x: image` is float64 of shape \(2, 3, 4, 5\).*"):
        run.predict(np.zeros((2, 3, 4, 5)))
    with pytest.raises(nettool.DataError, match="`x` holds no array `image`"):
        run.predict({"picture": np.zeros((3, 64)), "other": np.zeros(3)})
    with pytest.raises(nettool.DataError, match="holds object"):
        run.predict(np.array([None]))


def test_evaluate_measures_what_the_run_measured(run: "Run") -> None:
    assert run.evaluate() == pytest.approx(run.results["test"], rel=1e-5)
    assert set(run.evaluate("validation")) == {"loss", "accuracy"}
    with pytest.raises(nettool.CallError, match="only `data` can be set"):
        run.evaluate(overrides={"train.epochs": 3})


def test_a_finished_run_goes_further(folder: Path) -> None:
    first = nettool.train(folder / "small.yaml", runs_dir=folder / "more", on_event=silent)
    with pytest.raises(nettool.CallError, match="`epochs` above 2 resumes it"):
        first.resume()
    further = first.resume(epochs=3, on_event=silent)
    assert further.path == first.path
    assert [row["epoch"] for row in further.metrics] == [1, 2, 3]
    at_once = nettool.load(folder / "small.yaml", {"train.epochs": 3})
    whole = nettool.train(at_once, runs_dir=folder / "more", on_event=silent)
    pairs = zip(further.model().get_weights(), whole.model().get_weights(), strict=True)
    assert all(np.array_equal(one, two) for one, two in pairs)


def test_a_model_is_built_with_the_spec_s_seed(folder: Path) -> None:
    spec = nettool.load(folder / "small.yaml")
    one, two = spec.build(), nettool.build(folder / "small.yaml")
    assert [layer.name for layer in one.layers] == ["image", "hidden", "drop", "label"]
    assert one.count_params() == spec.parameters
    assert all(np.array_equal(a, b) for a, b in zip(one.get_weights(), two.get_weights(), strict=True))


def test_what_cannot_be_trained_is_refused_before_anything_is_written(folder: Path) -> None:
    spec = folder / "untrained.yaml"
    spec.write_text(SPEC.partition("train:")[0].replace("data: digits\n", ""))
    with pytest.raises(nettool.SpecError, match="needs `data`"):
        nettool.train(spec, runs_dir=folder / "none")
    with pytest.raises(nettool.CallError, match="cannot be a run's name"):
        nettool.train(folder / "small.yaml", runs_dir=folder / "none", name="a/b")
    with pytest.raises(nettool.CallError, match="`tpu` is no device"):
        nettool.train(folder / "small.yaml", runs_dir=folder / "none", device="tpu")
    with pytest.raises(nettool.CallError, match="no backend `torch`"):
        nettool.train(folder / "small.yaml", runs_dir=folder / "none", backend="torch")  # type: ignore[arg-type]
    with pytest.raises(nettool.CallError, match="Keras was already loaded with the backend tensorflow"):
        nettool.train(folder / "small.yaml", runs_dir=folder / "none", backend="jax")
    assert not (folder / "none").exists()


def test_code_of_a_spec_is_run_only_where_it_is_allowed(folder: Path) -> None:
    (folder / "own.py").write_text(
        "import keras\nclass Twice(keras.layers.Layer):\n    def call(self, x):\n        return 2 * x\n"
    )
    spec = folder / "own.yaml"
    spec.write_text(
        "python: own.py\n" + SPEC.replace("{layer: Dropout, rate: 0.2}", "{layer: Twice}").replace("_2", "")
    )
    with pytest.raises(nettool.SpecError, match="allow_code=True"):
        nettool.build(spec)
    assert nettool.build(spec, allow_code=True).count_params() == 610


def test_without_a_listener_each_event_is_a_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nettool.train(folder / "small.yaml", runs_dir=folder / "lines")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("run small: 610 parameters")
    assert [line[:9] for line in lines if line.startswith("epoch")] == ["epoch 1/2", "epoch 2/2"]
    assert lines[-1].startswith("finished")


def test_an_interrupt_stops_after_the_step_and_the_run_goes_on_from_there(folder: Path) -> None:
    import signal

    def interrupt(event: Event) -> None:
        if isinstance(event, EpochEnded) and event.epoch == 1:
            signal.raise_signal(signal.SIGINT)

    stopped = nettool.train(folder / "small.yaml", runs_dir=folder / "stopped", on_event=interrupt)
    assert stopped.status == "interrupted"
    assert stopped.resume(on_event=silent).status == "finished"
