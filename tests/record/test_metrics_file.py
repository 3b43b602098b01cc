from math import isnan, nan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nettool.record.events.events import EpochEnded
from nettool.record.files.metrics_file import MetricsFile, metrics_path, read_metrics
from nettool.record.run_directory import RunDirectory


def epoch(number: int, seconds: float = 1.0, rate: float = 0.001, **figures: float) -> EpochEnded:
    return EpochEnded(number, 3, figures, rate, seconds)


def test_metrics_are_one_row_per_epoch_without_times(tmp_path: Path) -> None:
    metrics = MetricsFile(RunDirectory(tmp_path))
    metrics.add(epoch(1, loss=0.1 + 0.2, accuracy=0.5, val_loss=1e-7))
    metrics.add(epoch(2, loss=0.25, accuracy=1.0, val_loss=nan, rate=5e-05))
    assert (tmp_path / "metrics.csv").read_bytes() == (
        b"epoch,loss,accuracy,val_loss,learning_rate\n"
        b"1,0.30000000000000004,0.5,1e-07,0.001\n"
        b"2,0.25,1.0,nan,5e-05\n"
    )


def test_two_runs_with_equal_figures_write_equal_files_however_long_they_took(tmp_path: Path) -> None:
    for name, seconds in (("a", 1.0), ("b", 99.0)):
        (tmp_path / name).mkdir()
        metrics = MetricsFile(RunDirectory(tmp_path / name))
        metrics.add(epoch(1, seconds, loss=0.5, val_loss=0.6))
        metrics.add(epoch(2, seconds / 2, loss=0.4, val_loss=0.5))
    assert (tmp_path / "a/metrics.csv").read_bytes() == (tmp_path / "b/metrics.csv").read_bytes()


def test_figures_in_another_order_go_into_their_own_columns(tmp_path: Path) -> None:
    metrics = MetricsFile(RunDirectory(tmp_path))
    metrics.add(epoch(1, loss=1.0, accuracy=0.5))
    metrics.add(epoch(2, accuracy=0.75, loss=0.5))
    assert (tmp_path / "metrics.csv").read_text().splitlines()[2] == "2,0.5,0.75,0.001"


def test_an_epoch_with_other_figures_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    metrics = MetricsFile(RunDirectory(tmp_path))
    metrics.add(epoch(1, loss=1.0))
    before = (tmp_path / "metrics.csv").read_bytes()
    with pytest.raises(ValueError, match="epoch 2"):
        metrics.add(epoch(2, loss=1.0, accuracy=0.5))
    assert (tmp_path / "metrics.csv").read_bytes() == before


def test_a_row_can_be_read_while_the_run_goes_on(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    assert read_metrics(run) == ()
    metrics = MetricsFile(run)
    metrics.add(epoch(1, loss=1.0))
    assert read_metrics(run) == ({"epoch": 1.0, "loss": 1.0, "learning_rate": 0.001},)


def test_numpys_numbers_are_written_like_pythons(tmp_path: Path) -> None:
    metrics = MetricsFile(RunDirectory(tmp_path))
    metrics.add(epoch(1, loss=np.float32(0.5), accuracy=np.float64(0.1)))
    assert metrics_path(RunDirectory(tmp_path)).read_text().splitlines()[1] == "1,0.5,0.1,0.001"


@settings(max_examples=30)
@given(st.floats())
def test_every_float_reads_back_as_itself(tmp_path_factory: pytest.TempPathFactory, value: float) -> None:
    run = RunDirectory(tmp_path_factory.mktemp("run"))
    MetricsFile(run).add(epoch(1, loss=value))
    (row,) = read_metrics(run)
    assert row["loss"] == value or (isnan(row["loss"]) and isnan(value))


def test_a_run_that_goes_on_has_the_rows_of_its_state_and_no_other(tmp_path: Path) -> None:
    metrics = MetricsFile(RunDirectory(tmp_path))
    for number in (1, 2, 3):
        metrics.add(epoch(number, loss=1 / number))
    whole = (tmp_path / "metrics.csv").read_bytes()
    (tmp_path / "metrics.csv").write_bytes(whole[:-5])
    resumed = MetricsFile(RunDirectory(tmp_path))
    resumed.begin_with([epoch(1, loss=1.0), epoch(2, loss=0.5)])
    resumed.add(epoch(3, loss=1 / 3))
    assert (tmp_path / "metrics.csv").read_bytes() == whole


def test_a_run_that_goes_on_from_its_very_beginning_has_no_rows(tmp_path: Path) -> None:
    MetricsFile(RunDirectory(tmp_path)).begin_with([])
    assert not (tmp_path / "metrics.csv").exists()
