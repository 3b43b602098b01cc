"""What `nettool train` keeps for the report, held against the figures that Keras measured."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from command_line import run
from page_text import page_text

from nettool.record.files.observations import Observations, SeenSample, read_observations
from nettool.record.run_directory import RunDirectory

pytestmark = pytest.mark.keras

PICTURES = """
name: pictures
data: {dataset: digits, limit: 300}
inputs: {image: [8, 8, 1]}
nodes:
  conv: {layer: Conv2D, filters: 4, kernel_size: 3, activation: relu}
  flat: {layer: Flatten}
  digit: {layer: Dense, units: 10, activation: softmax}
  pixels: {layer: Dense, from: flat, units: 64, activation: sigmoid}
  image_again: {layer: Reshape, target_shape: [8, 8, 1]}
outputs: [digit, image_again]
losses: {digit: sparse_categorical_crossentropy, image_again: {loss: mse, target: image}}
metrics: {digit: accuracy}
train: {optimizer: {optimizer: Adam, learning_rate: 0.01}, epochs: 2, batch_size: 32, validation_split: 0.2}
"""
NUMBERS = """
name: numbers
data:
  table: houses.csv
  columns: {features: [rooms, area], price: [rent, tax], kind: {column: kind, as: label}}
inputs: {features: [2]}
nodes:
  hidden: {layer: Dense, units: 8, activation: relu}
  price: {layer: Dense, units: 2}
  kind: {layer: Dense, from: hidden, units: 1, activation: sigmoid}
outputs: [price, kind]
losses: {price: mse, kind: binary_crossentropy}
metrics: {price: mae, kind: accuracy}
train: {optimizer: {optimizer: Adam, learning_rate: 0.01}, epochs: 2, batch_size: 32}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a run of each spec."""
    folder = tmp_path_factory.mktemp("trained")
    draw = random.Random(1)
    rows = ["rooms,area,rent,tax,kind"]
    for _ in range(120):
        rooms, area = draw.randint(1, 6), draw.uniform(1, 5)
        kind = "flat" if rooms < 3 else "house"
        rows.append(f"{rooms},{area:.2f},{2 * rooms + area:.2f},{rooms * area:.2f},{kind}")
    (folder / "houses.csv").write_text("\n".join(rows) + "\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, text in (("pictures", PICTURES), ("numbers", NUMBERS)):
            Path(f"{name}.yaml").write_text(text)
            ended = run("train", f"{name}.yaml")
            assert (ended.code, "could not make" in ended.out) == (0, False), ended
    return folder


def kept(folder: Path, name: str) -> tuple[Observations, dict[str, Any], str]:
    """What was seen, results.json, and the text of the report."""
    path = folder / "runs" / name / "latest"
    seen = read_observations(RunDirectory(path))
    assert seen is not None
    page = (path / "report.html").read_text(encoding="utf-8")
    return seen, json.loads((path / "results.json").read_text()), page_text(page)


@pytest.mark.parametrize(("name", "output"), [("pictures", "digit"), ("numbers", "kind")])
def test_the_confusion_matrix_has_the_accuracy_that_was_measured(
    name: str, output: str, folder: Path
) -> None:
    seen, results, _ = kept(folder, name)
    (classes,) = seen.classes
    whole = sum(map(sum, classes.matrix))
    right = sum(row[number] for number, row in enumerate(classes.matrix))
    assert (classes.output, whole) == (output, seen.samples["test"])
    assert right / whole == pytest.approx(results["test"][f"{output}_accuracy"])


@pytest.mark.parametrize("name", ["pictures", "numbers"])
def test_mistakes_are_wrong_and_the_surest_come_first(name: str, folder: Path) -> None:
    (classes,) = kept(folder, name)[0].classes
    wrong = sum(map(sum, classes.matrix)) - sum(row[n] for n, row in enumerate(classes.matrix))
    assert len(classes.mistakes) == min(wrong, 12)
    assert all(each.ranked[0][0] != each.target for each in classes.mistakes)
    sureness = [each.ranked[0][1] for each in classes.mistakes]
    assert sureness == sorted(sureness, reverse=True)


def test_samples_show_what_goes_in(folder: Path) -> None:
    (digit,), (kind,) = kept(folder, "pictures")[0].classes, kept(folder, "numbers")[0].classes
    assert [(len(each.images), each.words) for each in digit.samples] == [(1, "")] * 12
    assert all(_probabilities_fall(each) for each in (*digit.samples, *kind.samples))
    assert all(not each.images for each in kind.samples)
    rows = [line.split(",") for line in (folder / "houses.csv").read_text().splitlines()[1:]]
    told = {(float(rooms), float(area)): kind for rooms, area, *_, kind in rows}
    for each in kind.samples:
        rooms, area = map(float, re.findall(r"\d[\d.]*", each.words))
        assert told[rooms, area] == each.target


def _probabilities_fall(sample: SeenSample) -> bool:
    values = [value for _, value in sample.ranked]
    return values == sorted(values, reverse=True) and values[-1] >= 0 and sum(values) <= 1.001


def test_errors_of_numbers_are_those_that_were_measured(folder: Path) -> None:
    seen, results, _ = kept(folder, "numbers")
    assert [each.name for each in seen.numbers] == ["rent", "tax"]
    absolute = [each.mean_absolute_error or 0 for each in seen.numbers]
    square = [(each.root_mean_square_error or 0) ** 2 for each in seen.numbers]
    assert sum(absolute) / 2 == pytest.approx(results["test"]["price_mae"], rel=1e-4)
    assert sum(square) / 2 == pytest.approx(results["test"]["price_loss"], rel=1e-4)
    assert all(len(each.pairs) == each.samples == seen.samples["test"] for each in seen.numbers)


def test_the_report_has_a_section_for_everything(folder: Path) -> None:
    seen, _, told = kept(folder, "pictures")
    assert (seen.filters, len(seen.images[0].pairs)) == ("conv", 12)
    assert (seen.peak_memory or 0) > 100_000_000
    sections = re.findall("^## (.*)", told, re.MULTILINE)
    assert sections[2:5] == ["Output digit", "Output image_again", "First filters"]
    numbers = re.findall("^## (.*)", kept(folder, "numbers")[2], re.MULTILINE)
    assert numbers[2:4] == ["Output kind", "Output price"]


class TestWhenSomethingGoesWrong:
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("small.yaml").write_text(
            "name: small\ndata: {dataset: digits, limit: 60}\ninputs: {image: [64]}\n"
            "nodes: {digit: {layer: Dense, units: 10, activation: softmax}}\noutputs: [digit]\n"
            "losses: {digit: categorical_crossentropy}\n"
            "train: {epochs: 1, optimizer: {optimizer: SGD, learning_rate: 0.1}}\n"
        )

    def log(self) -> str:
        return Path("runs/small/latest/train.log").read_text()

    def test_a_report_that_cannot_be_drawn_is_a_note_of_a_finished_run(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise ValueError("no ink")

        monkeypatch.setattr("nettool.jobs.run.run_experiment.report_run", fail)
        monkeypatch.setattr("nettool.jobs.observe.observations.observe_classes", fail)
        ended = run("train", "small.yaml")
        assert ended.code == 0
        assert "note: could not make report.html: no ink" in self.log()
        assert "note: could not make what the report shows of `digit`: no ink" in self.log()
        assert json.loads(Path("runs/small/latest/status.json").read_text())["state"] == "finished"
        assert not Path("runs/small/latest/report.html").exists()

    def test_a_run_that_fails_has_a_report_that_says_why(self) -> None:
        spec = (
            Path("small.yaml")
            .read_text()
            .replace("softmax", "linear")
            .replace("categorical_crossentropy", "mse")
        )
        Path("small.yaml").write_text(spec)
        ended = run("train", "small.yaml", "--set", "train.optimizer.learning_rate=1e30", "--epochs", "3")
        assert ended.code == 1
        why = json.loads(Path("runs/small/latest/status.json").read_text())["why"]
        told = page_text(Path("runs/small/latest/report.html").read_text(encoding="utf-8"))
        assert "failed It ended in an error after 0 epochs" in told
        assert why.splitlines()[0] in told
