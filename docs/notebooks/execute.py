"""Runs a notebook from its first cell to its last, in a folder of its own, and keeps it with its outputs.

python docs/notebooks/execute.py [docs/notebooks/first_steps.ipynb …]
"""

import shutil
import sys
import tempfile
from pathlib import Path

import nbclient
import nbformat

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]


def execute(path: Path) -> None:
    """Write the notebook anew, its cells numbered by their places."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "configs", Path(folder) / "configs")
        nbclient.NotebookClient(
            notebook, timeout=600, store_widget_state=False, resources={"metadata": {"path": folder}}
        ).execute()
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        cell.metadata = {}
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for each in map(Path, sys.argv[1:]) if sys.argv[1:] else sorted(FOLDER.glob("*.ipynb")):
        execute(each)
