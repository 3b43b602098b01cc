"""The manual of the Python API does what it says, and the notebook runs."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.keras

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "notebooks" / "first_steps.ipynb"
LARGEST = 500_000
"""Bytes of a notebook with its outputs."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "configs", tmp_path / "configs")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_block_of_the_manual_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(compile(block, "docs/api.md", "exec"), names)
    assert "did you mean `units`?" in capsys.readouterr().out
    assert names["run"].results["test"]["accuracy"] > 0.5
    assert names["answers"]["digit"].shape == (355, 10)
    assert (folder / "digits_mlp.svg").is_file()


def test_the_notebook_runs_from_its_first_cell_to_its_last(folder: Path) -> None:
    import nbclient
    import nbformat

    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    errors = [
        each for cell in notebook.cells for each in cell.get("outputs", ()) if each.output_type == "error"
    ]
    assert errors == []


def test_the_notebook_is_kept_with_its_outputs_small_and_without_places_of_a_machine() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert len(text) < LARGEST
    assert not re.search(r"/(home|root|tmp|work|usr|Users)/", text)
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    assert all(cell["execution_count"] for cell in cells)
    shown = [output for cell in cells for output in cell["outputs"]]
    assert any("text/html" in output.get("data", {}) for output in shown)
