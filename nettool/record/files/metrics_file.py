"""metrics.csv: one row per epoch, on the disk as soon as the epoch is over.

It holds no times: two runs with one seed write the same file. Every number is written so that it reads back
as the very same float; NaN and infinity stand as `nan` and `inf`.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path

from nettool.record.disk.append import append_text
from nettool.record.disk.atomic import write_text
from nettool.record.disk.run_file import read_file
from nettool.record.events.events import EpochEnded
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory


def metrics_path(run: RunDirectory) -> Path:
    """Where the metrics of the epochs are."""
    return run.path / "metrics.csv"


class MetricsFile:
    """Writes metrics.csv: the columns `epoch`, the first row's metrics in their order, `learning_rate`."""

    def __init__(self, run: RunDirectory) -> None:
        self._path = metrics_path(run)
        self._names: tuple[str, ...] | None = None

    def add(self, ended: EpochEnded) -> None:
        """Append one epoch. Raises OSError, and ValueError when it has other metrics than the first one."""
        text = StringIO()
        csv.writer(text, lineterminator="\n").writerows(self._rows(ended))
        append_text(self._path, text.getvalue(), durably=True)

    def begin_with(self, history: Iterable[EpochEnded]) -> None:
        """Let the file hold these epochs and no other: those before a run was resumed."""
        text = StringIO()
        for ended in history:
            csv.writer(text, lineterminator="\n").writerows(self._rows(ended))
        if text.tell() or self._path.exists():
            write_text(self._path, text.getvalue())

    def _rows(self, ended: EpochEnded) -> Iterator[tuple[str, ...]]:
        if self._names is None:
            self._names = tuple(ended.metrics)
            yield ("epoch", *self._names, "learning_rate")
        if set(self._names) != set(ended.metrics):
            raise ValueError(
                f"epoch {ended.epoch} has the metrics {sorted(ended.metrics)}, not {self._names}"
            )
        values = (repr(float(ended.metrics[name])) for name in self._names)
        yield (str(ended.epoch), *values, repr(float(ended.learning_rate)))


def read_metrics(run: RunDirectory) -> tuple[Mapping[str, float], ...]:
    """The rows of metrics.csv, oldest first, `epoch` and `learning_rate` included; none before the first.

    Raises RunDamaged and OSError.
    """
    path = metrics_path(run)
    try:
        text = read_file(path).decode("utf-8")
        table = list(csv.reader(StringIO(text, newline="")))
    except FileNotFoundError:
        return ()
    except (UnicodeDecodeError, csv.Error):
        raise RunDamaged(path, "it is not CSV") from None
    if not table:
        return ()
    names, *rows = table
    if "epoch" not in names or len(set(names)) < len(names):
        raise RunDamaged(path, "its first line must name the columns: `epoch`, and each metric once")
    return tuple(_row(path, names, cells, epoch) for epoch, cells in enumerate(rows, 1))


def _row(path: Path, names: list[str], cells: list[str], epoch: int) -> Mapping[str, float]:
    """The row of an epoch, which stands in the line behind that of the epoch before."""
    try:
        row = {name: float(cell) for name, cell in zip(names, cells, strict=True)}
    except ValueError:
        raise RunDamaged(path, f"line {epoch + 1} must have {len(names)} numbers") from None
    if row["epoch"] != epoch:
        raise RunDamaged(
            path,
            f"line {epoch + 1} must be epoch {epoch}, since each stands there once, not {row['epoch']:g}",
        )
    return row
