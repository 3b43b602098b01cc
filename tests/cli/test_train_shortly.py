"""Runs that are cut short on purpose, and those that only say what they would be."""

import json
from pathlib import Path
from typing import Any

import pytest
from blank_pictures import blank_pictures
from checked_events import check_event
from command_line import run

pytestmark = pytest.mark.keras

SPEC = """
inputs: {image: [64]}
nodes:
  hidden: {layer: Dense, units: 32, activation: relu}
  digit: {layer: Dense, units: 10, activation: softmax}
outputs: [digit]
losses: {digit: categorical_crossentropy}
metrics: {digit: accuracy}
data: digits
train: {epochs: 3, batch_size: 64, optimizer: {optimizer: adam, learning_rate: 0.01}}
expect: {test_accuracy: at least 0.1}
"""


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    blank_pictures(monkeypatch)
    (tmp_path / "tiny.yaml").write_text(SPEC, encoding="utf-8")
    return "tiny.yaml"


def latest() -> Path:
    (found,) = (path for path in Path("runs/tiny").iterdir() if not path.is_symlink() and path.is_dir())
    return found


def results() -> Any:
    return json.loads((latest() / "results.json").read_text(encoding="utf-8"))


def test_a_dry_run_says_what_would_be_run_and_writes_nothing(spec: str) -> None:
    ended = run("train", spec, "--dry-run", "--batch-size", "100")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[:4] == [
        "would run tiny: 2,410 parameters, float32",
        "samples: 1,298 train, 144 validation, 355 test",
        "steps: 13 of 100 samples × 3 epochs = 39",
        "optimizer: Adam (learning_rate: 0.01)",
    ]
    assert ended.out.splitlines()[4].startswith("memory: about 0.")
    assert ended.out.splitlines()[-1] == "nothing was trained and nothing was written"
    assert not Path("runs").exists()


def test_a_dry_run_says_the_schedule_of_the_learning_rate(spec: str) -> None:
    rate = "{schedule: CosineDecay, initial_learning_rate: 0.01, decay_steps: 39}"
    ended = run("train", spec, "--dry-run", "--set", f"train.optimizer.learning_rate={rate}")
    assert (
        "optimizer: Adam (learning_rate: CosineDecay (initial_learning_rate: 0.01, decay_steps: 39))"
        in ended.out
    )


def test_a_dry_run_as_json(spec: str) -> None:
    ended = run("train", spec, "--dry-run", "--json", "--limit-steps", "5")
    found = json.loads(ended.out)
    check_event(found)
    assert found["event"] == "dry_run"
    assert (found["steps"], found["epochs"]) == (5, 1)
    # 2,410 numbers of 32 bits; Adam has two of each, the count of steps and the learning rate.
    assert found["memory"]["weights"] == 4 * 2410
    assert found["memory"]["optimizer"] == 2 * 4 * 2410 + 8 + 4
    assert found["memory"]["gradients"] == 4 * 2410
    assert found["memory"]["activations"] == 4 * 64 * (64 + 32 + 10 + 2 * 64)


def test_a_limit_of_steps_ends_with_a_finished_run(spec: str) -> None:
    ended = run("train", spec, "--limit-steps", "5")
    assert ended.code == 0
    assert "1 epoch of batches of 64" in ended.out
    assert results()["epochs"] == 1
    assert json.loads((latest() / "status.json").read_text(encoding="utf-8"))["state"] == "finished"
    assert "not checked: `train.limit_steps` was overridden" in ended.out


def test_overfitting_says_that_a_few_samples_were_learned_by_heart(spec: str) -> None:
    ended = run("train", spec, "--overfit", "10")
    assert ended.code == 0
    assert "note: overfit: the first 10 samples of the training set, 320 times in each epoch" in ended.out
    assert "in 1 epoch: the network can memorize them" not in ended.out
    assert ": the network can memorize them" in ended.out
    assert results()["test"] == {}


def test_overfitting_says_that_a_few_samples_were_not_learned(spec: str) -> None:
    ended = run(
        "train", spec, "--overfit", "10", "--epochs", "2", "--set", "train.optimizer.learning_rate=1e-6"
    )
    assert ended.code == 0
    assert "the network has not memorized them; look at the learning rate" in ended.out


def test_what_belongs_to_the_beginning_cannot_be_given_to_a_run_that_goes_on(spec: str) -> None:
    for option in (("--overfit", "3"), ("--limit-steps", "3"), ("--dry-run",)):
        ended = run("train", "--resume", "latest", *option)
        assert ended.code == 2
        assert f"{option[0]} cannot be given" in ended.err


def test_figures_are_written_for_tensorboard_when_asked_for(spec: str) -> None:
    import tensorflow as tf

    assert run("train", spec, "--set", "train.tensorboard=true", "--quiet").code == 0
    found: dict[tuple[str, str], list[float]] = {}
    for path in sorted((latest() / "tensorboard").glob("*/events*")):
        for record in tf.data.TFRecordDataset(str(path)):
            event = tf.compat.v1.Event.FromString(record.numpy())
            for value in event.summary.value:
                key = (path.parent.name, value.tag)
                found.setdefault(key, []).append(float(tf.make_ndarray(value.tensor)))
                assert value.metadata.plugin_data.plugin_name == "scalars"
    assert found.keys() == {
        *(("train", f"epoch_{name}") for name in ("loss", "accuracy", "learning_rate")),
        *(("validation", f"epoch_{name}") for name in ("loss", "accuracy")),
    }
    assert found["validation", "epoch_loss"][-1] == pytest.approx(results()["final"]["val_loss"])
    assert {len(values) for values in found.values()} == {3}


@pytest.mark.parametrize("precision", ["mixed_float16", "mixed_bfloat16", "float32"])
def test_a_network_trains_in_any_precision_and_evaluates_to_its_own_figures(
    spec: str, precision: str
) -> None:
    import keras

    assert run("train", spec, "--set", f"train.precision={precision}", "--quiet").code == 0
    assert keras.config.dtype_policy().name == precision
    model = keras.models.load_model(latest() / "checkpoints" / "last" / "model.keras")
    assert model.get_layer("digit").dtype_policy.name == precision
    assert results()["test"]["accuracy"] > 0.8
    ended = run("evaluate", str(latest()), "--json")
    assert json.loads(ended.out)["figures"] == results()["test"]
    keras.config.set_dtype_policy("float32")


def test_determinism_is_insisted_on_when_asked_for(spec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(
        "nettool.engine.devices.process_setup.insist_on_determinism", lambda: asked.append(True)
    )
    assert run("train", spec, "--quiet", "--limit-steps", "2").code == 0
    assert asked == []
    assert run("train", spec, "--quiet", "--limit-steps", "2", "--set", "train.deterministic=true").code == 0
    assert asked == [True]


def test_early_stopping_and_the_best_figure_in_a_whole_run(spec: str) -> None:
    stopping = "train.early_stopping={monitor: val_accuracy, patience: 1, min_delta: 1}"
    ended = run("train", spec, "--set", stopping, "--epochs", "9")
    assert ended.code == 0
    assert "early_stopping: training ends after epoch 2" in ended.out
    assert "note: the network has the weights of its best epoch" in ended.out
    assert results()["best"]["by"] == "val_accuracy"
    evaluated = run("evaluate", str(latest()), "--json", "--checkpoint", "last")
    assert json.loads(evaluated.out)["figures"] == results()["test"]


def test_time_that_is_over_makes_a_finished_run_that_can_go_on(
    spec: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("train", spec, "--set", "train.max_time=0.000001 s").code == 0
    assert (latest() / "results.json").is_file()
    log = (latest() / "train.log").read_text(encoding="utf-8")
    assert "note: max_time: 0.000001 s are over, training ends here" in log
    again = run("train", "--resume", str(latest()))
    assert again.code == 0, again.err


def test_a_smoke_run_builds_what_has_no_losses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("features.yaml").write_text(
        "name: features\ninputs: {x: [4]}\nnodes:\n  y: {layer: Dense, units: 2}\noutputs: [y]\n"
    )
    ended = run("train", "--smoke", "features.yaml")
    assert ended.code == 0
    assert ended.out.splitlines()[1].endswith("built, and without losses not trained")
    assert ended.out.splitlines()[-1] == "1 passed, 0 failed"
    assert '"loss": null' in run("train", "--smoke", "features.yaml", "--json").out


def test_a_smoke_run_of_a_costly_network_takes_one_step(spec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """That of 64·32 + 32·10 multiply-adds is made out to be one."""
    monkeypatch.setattr("nettool.jobs.spec.smoke._COSTLY", 2367)
    ended = run("train", "--smoke", spec, "--json")
    facts = json.loads(ended.out)
    assert (ended.code, facts["passed"], facts["parameters"]) == (0, True, 2410)
