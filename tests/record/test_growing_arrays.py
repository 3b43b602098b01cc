"""An archive whose arrays grow is read by NumPy as if it had been written at once."""

from pathlib import Path

import numpy as np
import pytest

from nettool.record.disk.growing_arrays import growing_arrays


def test_batches_become_one_array(tmp_path: Path) -> None:
    values = np.arange(24, dtype=np.float32).reshape(6, 2, 2)
    names = np.array(["a.png", "b.png"])
    with growing_arrays(tmp_path / "out.npz", {"files": names}) as arrays:
        for start in range(0, 6, 4):
            arrays.add({"res.1.sum": values[start : start + 4], "label": values[start : start + 4, 0, 0]})
        assert arrays.shapes == {"res.1.sum": (6, 2, 2), "label": (6,)}
    found = np.load(tmp_path / "out.npz")
    assert found.files == ["files", "res.1.sum", "label"]
    np.testing.assert_array_equal(found["files"], names)
    np.testing.assert_array_equal(found["res.1.sum"], values)
    np.testing.assert_array_equal(found["label"], values[:, 0, 0])
    assert [path.name for path in tmp_path.iterdir()] == ["out.npz"]


def test_rows_of_another_shape_leave_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "out.npz").write_text("as it was")
    with pytest.raises(ValueError, match="`lstm`"), growing_arrays(tmp_path / "out.npz", {}) as arrays:
        arrays.add({"lstm": np.zeros((2, 3))})
        arrays.add({"lstm": np.zeros((2, 4))})
    assert (tmp_path / "out.npz").read_text() == "as it was"
    assert [path.name for path in tmp_path.iterdir()] == ["out.npz"]
