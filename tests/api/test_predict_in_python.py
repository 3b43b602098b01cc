"""What `Run.predict` takes and refuses."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import nettool

if TYPE_CHECKING:
    from nettool.api.run import Run

pytestmark = pytest.mark.keras

SPEC = """
data: digits
inputs: {image: [64]}
nodes:
  label: {layer: Dense, units: 10, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
metrics: {label: accuracy}
train: {epochs: 1, batch_size: 128, seed: 3}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("predict")
    (made / "small.yaml").write_text(SPEC)
    return made


@pytest.fixture(scope="module")
def run(folder: Path) -> "Run":
    return nettool.train(folder / "small.yaml", runs_dir=folder / "runs", on_event=lambda event: None)


def test_samples_are_taken_as_they_are(run: "Run") -> None:
    samples = run.spec.load_data().test
    np.testing.assert_array_equal(run.predict(samples)["label"], run.predict(samples["image"])["label"])


def test_rows_of_pixels_are_not_taken_for_one_large_image(run: "Run") -> None:
    samples = run.spec.load_data().test
    for rows in (samples.scaled("image"), samples["image"].reshape(-1, 64)):
        with pytest.raises(nettool.DataError, match=r"shape \(355, 64\)(?s:.*)in the training \(8, 8, 1\)"):
            run.predict(rows)
    one = samples["image"][0]
    np.testing.assert_array_equal(run.predict(one)["label"], run.predict(one[..., 0])["label"])


def test_images_of_another_size_are_resized_with_a_warning(run: "Run") -> None:
    with pytest.warns(UserWarning, match="16×16"):
        predictions = run.predict(np.zeros((3, 16, 16, 1), np.uint8))
    assert predictions["label"].shape == (3, 10)


def test_resolved_says_what_a_program_set(folder: Path) -> None:
    assert "epochs: 2  # set in Python" in nettool.load(folder / "small.yaml", {"train.epochs": 2}).resolved
    assert '  # data="digits"\n' in nettool.load(folder / "small.yaml", data="digits").resolved


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (np.zeros((0, 8, 8, 1), np.uint8), "`x` holds no samples"),
        ([[1, 2], [3]], "`x` is no array: its rows differ in length"),
        ({}, "`x` holds no array `image`"),
        ({3: np.zeros((1, 8, 8, 1))}, "`x` has the key `3`: its keys are names of fields"),
    ],
)
def test_what_holds_no_samples_is_a_data_error(run: "Run", wrong: Any, message: str) -> None:
    with pytest.raises(nettool.DataError, match=message):
        run.predict(wrong)


def test_other_arguments_of_a_run_are_checked(run: "Run") -> None:
    image = np.zeros((1, 8, 8, 1), np.uint8)
    for size in (0, -1, "3", 3.5, True):
        with pytest.raises(nettool.CallError, match="`batch_size` must be a whole number of at least 1"):
            run.predict(image, batch_size=size)  # type: ignore[arg-type]
    for checkpoint in ("bset", None, 3):
        with pytest.raises(nettool.CallError, match="there is no checkpoint"):
            run.predict(image, checkpoint=checkpoint)  # type: ignore[arg-type]
    with pytest.raises(nettool.CallError, match="did you mean `test`"):
        run.evaluate("tset")  # type: ignore[arg-type]
    with pytest.raises(nettool.CallError, match="there is no part `tset`"):
        run.mistakes("tset")  # type: ignore[arg-type]
    with pytest.raises(nettool.CallError, match="`count` must be a whole number of at least 1"):
        run.mistakes().plot(-1)
    with pytest.raises(nettool.CallError, match="there is no part `None`"):
        run.evaluate(None)  # type: ignore[arg-type]
    with pytest.raises(nettool.CallError, match="`epochs` must be a whole number of at least 1"):
        run.resume("3")  # type: ignore[arg-type]
    with pytest.raises(nettool.CallError, match=r"`others` must be runs.*not `latest`"):
        run.compare("latest")  # type: ignore[arg-type]
    with pytest.raises(nettool.CallError, match="there is no gpu:9"):
        run.resume(2, device="gpu:9")
    assert run.status == "finished"


def test_a_run_is_the_same_from_another_folder(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    run = nettool.train("small.yaml", on_event=lambda event: None)
    monkeypatch.chdir(tmp_path)
    assert run.status == "finished"
    assert len(run.metrics) == 1
    assert run.report().is_file()


def test_a_run_with_a_damaged_status_can_still_be_shown(run: "Run", folder: Path, tmp_path: Path) -> None:
    (tmp_path / "runs" / "a" / "20260101-000000").mkdir(parents=True)
    (tmp_path / "runs" / "a" / "20260101-000000" / "status.json").write_text("{")
    damaged = nettool.open_run("a", runs_dir=tmp_path / "runs")
    assert repr(damaged) == "<nettool.Run a/20260101-000000, damaged>"
    with pytest.raises(nettool.RunDamaged):
        _ = damaged.status
