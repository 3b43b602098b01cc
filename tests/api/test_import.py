"""`import nettool` is light, and says what there is."""

import subprocess
import sys
from pathlib import Path

import nettool


def loaded_after(code: str) -> set[str]:
    """The packages that are loaded, by their top-level names and those of nettool's parts."""
    program = f"import sys; before = set(sys.modules)\n{code}\nprint(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_it_imports_nothing_but_itself() -> None:
    assert loaded_after("import nettool; dir(nettool); nettool.__version__") == {"nettool"}


def test_loading_a_spec_imports_neither_keras_nor_numpy(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text("inputs: {x: [4]}\nnodes: {y: {layer: Dense, units: 1}}\noutputs: [y]\n")
    loaded = loaded_after(f"import nettool; nettool.load({str(path)!r}).summary()")
    assert not loaded & {"numpy", "keras", "tensorflow", "click", "matplotlib", "IPython", "rich"}


def test_every_name_is_there_and_is_told_to_type_checkers() -> None:
    stub = Path(nettool.__file__).with_suffix(".pyi").read_text()
    for name in nettool.__all__:
        assert getattr(nettool, name) is not None
        assert f" {name} as {name}" in stub or f"{name}:" in stub
    assert set(nettool.__all__) <= set(dir(nettool))


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    assert not hasattr(nettool, "nothing")
    done = subprocess.run(
        [sys.executable, "-c", "import nettool; nettool.trian"], capture_output=True, text=True, check=False
    )
    assert "Did you mean: 'train'?" in done.stderr


def test_completion_shows_public_names_alone() -> None:
    nettool.load  # noqa: B018 - what it imports stands beside it
    assert {name for name in dir(nettool) if not name.startswith("__")} < set(nettool.__all__)
