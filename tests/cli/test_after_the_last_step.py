"""Everything that can go wrong once a network is trained and measured: results and model are safe by then."""

import errno
import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from blank_pictures import blank_pictures
from command_line import run
from trained_once import TrainedOnce

pytestmark = pytest.mark.keras

SPEC = """
name: small
data: {arrays: small.npz}
inputs: {image: [8, 8, 1]}
nodes:
  maps: {layer: Conv2D, filters: 2, kernel_size: 3, padding: same}
  flat: {layer: Flatten}
  label: {layer: Dense, units: 3, activation: softmax}
  price: {layer: Dense, from: flat, units: 1}
  again: {layer: Conv2D, from: maps, filters: 1, kernel_size: 3, padding: same}
outputs: [label, price, again]
losses: {label: categorical_crossentropy, price: mse, again: {loss: mse, target: image}}
train: {epochs: 1, batch_size: 16}
"""


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def no_memory() -> None:
    raise MemoryError


def wrong() -> None:
    raise ValueError("no ink")


def interrupted() -> None:
    raise KeyboardInterrupt


def terminated() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


WAYS: dict[Callable[[], None], str] = {
    full: "No space left on device",
    no_memory: "there is not enough memory",
    wrong: "no ink",
    interrupted: "stopped while making ",
    terminated: "stopped while making ",
}
STEPS = (
    "nettool.jobs.observe.class_predictions.first_classes",
    "nettool.jobs.observe.preload_drawing.blank_chart",
    "nettool.jobs.observe.pictures.draw_curves",
    "nettool.jobs.observe.class_predictions.count_confusions",
    "nettool.jobs.observe.pictures.draw_confusion",
    "nettool.jobs.observe.pictures.write_plot",
    "nettool.jobs.observe.reconstructions.draw_reconstructions",
    "nettool.jobs.observe.classes.thumbnails",
    "nettool.jobs.observe.observations.observe_numbers",
    "nettool.jobs.observe.reconstructions.small_png",
    "nettool.jobs.observe.observations.draw_filters",
    "nettool.jobs.observe.observations.write_observations",
    "nettool.jobs.run.run_experiment.report_run",
    "nettool.record.files.report_file.write_text",
)
NOT_AFTER = STEPS[:2]
"""Done while the test part is measured, and in a thread of its own: no interrupt ends up there."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("folder")
    random = np.random.default_rng(0)
    images, labels = random.integers(0, 255, (64, 8, 8, 1), np.uint8), np.arange(64) % 3
    arrays = {"image": images, "label": labels, "price": images.mean(axis=(1, 2, 3))}
    parts = {"train": slice(0, 40), "test": slice(40, 64)}
    np.savez(
        path / "small.npz",
        **{f"{name}_{part}": array[rows] for name, array in arrays.items() for part, rows in parts.items()},
    )
    return path


@pytest.fixture(autouse=True)
def _in_the_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    Path("small.yaml").write_text(SPEC)


def latest(file: str) -> Path:
    return Path("runs/small/latest").resolve() / file


def facts(file: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(latest(file).read_text())
    return found


@pytest.fixture(scope="module")
def trained(folder: Path) -> TrainedOnce:
    (folder / "small.yaml").write_text(SPEC)
    return TrainedOnce(folder, "small.yaml")


@pytest.fixture(scope="module")
def results(trained: TrainedOnce, folder: Path) -> dict[str, Any]:
    """Those of the training, whose model opens in plain Keras."""
    import keras

    run_of_it = (folder / "runs/small/latest").resolve()
    keras.saving.load_model(run_of_it / "checkpoints/last/model.keras")
    return {**json.loads((run_of_it / "results.json").read_text()), "timings": None}


FAILING, STOPPING = (full, no_memory, wrong), (interrupted, terminated)


def rows() -> Iterator[tuple[str, Callable[[], None]]]:
    """Every step fails in one way and is stopped in one; every way comes several times."""
    for number, step in enumerate(STEPS):
        yield step, FAILING[number % len(FAILING)]
        if step not in NOT_AFTER:
            yield step, STOPPING[number % len(STOPPING)]


@pytest.mark.parametrize(("step", "way"), rows(), ids=lambda value: str(getattr(value, "__name__", value)))
def test_results_are_whole_and_the_run_is_finished(
    step: str,
    way: Callable[[], None],
    trained: TrainedOnce,
    results: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stops = way in STOPPING

    def goes_wrong(*_: object, **__: object) -> None:
        way()

    blank_pictures(monkeypatch)
    monkeypatch.setattr(step, goes_wrong)
    ended = trained.again(monkeypatch)
    assert (ended.code, facts("status.json")["state"]) == (130 if stops else 0, "finished")
    assert "Traceback" not in ended.err
    assert {**facts("results.json"), "timings": None} == results
    assert set(facts("results.json")["test"]) >= {"loss", "label_loss", "price_loss", "again_loss"}
    if step != NOT_AFTER[1]:
        log = latest("train.log").read_text()
        assert WAYS[way] in log
        assert WAYS[way] in ended.out + ended.err
    assert not list(latest(".").rglob(".writing-*"))


def test_measuring_that_fails_leaves_what_the_training_came_to(monkeypatch: pytest.MonkeyPatch) -> None:
    blank_pictures(monkeypatch)

    def goes_wrong(*_: object, **__: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("nettool.jobs.run.recorder.measure", goes_wrong)
        assert run("train", "small.yaml").code == 1
    found = facts("results.json")
    assert (facts("status.json")["state"], found["epochs"], found["test"]) == ("failed", 1, {})
    assert found["final"]["loss"] > 0
    assert run("train", "--resume", "latest").code == 0
    assert (facts("status.json")["state"], "loss" in facts("results.json")["test"]) == ("finished", True)


def test_a_stop_while_measuring_is_an_interrupted_run_that_can_be_resumed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from nettool.engine.stop_signal import Stopped

    blank_pictures(monkeypatch)

    def stopped(*_: object, **__: object) -> None:
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr("nettool.jobs.run.recorder.measure", stopped)
        ended = run("train", "small.yaml")
    assert (ended.code, facts("status.json")["state"]) == (130, "interrupted")
    assert facts("results.json")["test"] == {}
    assert run("train", "--resume", "latest").code == 0
    assert facts("status.json")["state"] == "finished"


def test_names_longer_than_a_files_do_no_harm() -> None:
    long = "o" * 260
    spec = SPEC.replace("label:", f"{long}b:").replace("label,", f"{long}b, {long}a,")
    spec = spec.replace(
        "losses: {", f"losses: {{{long}a: {{loss: categorical_crossentropy, target: label}}, "
    )
    spec = spec.replace(
        f"{long}b: categorical_crossentropy", f"{long}b: {{loss: categorical_crossentropy, target: label}}"
    )
    spec = spec.replace(
        "  price:", f"  {long}a: {{layer: Dense, from: flat, units: 3, activation: softmax}}\n  price:"
    )
    Path("small.yaml").write_text(spec)
    ended = run("train", "small.yaml")
    assert (ended.code, facts("status.json")["state"]) == (0, "finished")
    assert "could not" not in ended.out
    pictures = sorted(path.name for path in latest("plots").iterdir())
    matrices = [name for name in pictures if name.startswith("confusion_ooo") and name.endswith(".svg")]
    assert len(matrices) == 2
    assert max(map(len, pictures)) < 100
