import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

WRAPPERS = """
print("wrappers run")
from keras import first
chosen = 1
"""
KERAS = """
from keras import wrappers
first = True
try:
    import jax
except ImportError:
    jax = None
"""


@pytest.fixture
def fakes(tmp_path: Path) -> dict[str, str]:
    """A Keras with a part that can wait, and a JAX."""
    (tmp_path / "keras" / "wrappers").mkdir(parents=True)
    (tmp_path / "keras" / "__init__.py").write_text(KERAS)
    (tmp_path / "keras" / "wrappers" / "__init__.py").write_text(WRAPPERS)
    (tmp_path / "jax.py").write_text("print('jax run')")
    return {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}


def printed(code: str, fakes: dict[str, str], backend: str = "tensorflow") -> list[str]:
    start = f"from nettool.engine.devices.lazy_keras_import import lean_import\nwith lean_import({backend!r}): import keras\n"
    return subprocess.run(
        [sys.executable, "-c", start + code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **fakes},
    ).stdout.splitlines()


def test_a_part_that_can_wait_runs_when_a_name_in_it_is_asked_for_and_only_once(
    fakes: dict[str, str],
) -> None:
    code = "print('loaded'); print(keras.wrappers.chosen); print(keras.wrappers.chosen)"
    assert printed(code, fakes) == ["loaded", "wrappers run", "1", "1"]


@pytest.mark.parametrize(
    "code",
    [
        "from keras.wrappers import chosen; print(chosen)",
        "from keras.wrappers import *; print(chosen)",
        "import keras.wrappers as part; print(part.chosen)",
    ],
)
def test_any_way_of_importing_from_it_will_do(fakes: dict[str, str], code: str) -> None:
    assert printed(code, fakes) == ["wrappers run", "1"]


def test_asking_all_modules_for_their_files_runs_none_of_them(fakes: dict[str, str]) -> None:
    code = "import inspect; inspect.getmodule(lean_import); print(hasattr(keras.wrappers, '__wrapped__'))"
    assert printed(code, fakes) == ["False"]


def test_a_name_that_is_not_in_it_is_an_attribute_error_as_ever(fakes: dict[str, str]) -> None:
    code = "print(hasattr(keras.wrappers, 'other'))"
    assert printed(code, fakes) == ["wrappers run", "False"]


def test_jax_is_not_loaded_beside_tensorflow_and_can_be_imported_afterwards(fakes: dict[str, str]) -> None:
    assert printed("print(keras.jax); import jax", fakes) == ["None", "jax run"]


def test_jax_is_loaded_where_it_is_the_backend(fakes: dict[str, str]) -> None:
    assert printed("print(keras.jax is None)", fakes, "jax") == ["jax run", "False"]


def test_a_failing_import_leaves_all_as_it_was() -> None:
    from nettool.engine.devices.lazy_keras_import import lean_import

    before, searching = list(sys.meta_path), gc.isenabled()
    with pytest.raises(ImportError), lean_import("tensorflow"):
        raise ImportError
    assert (sys.meta_path, gc.isenabled()) == (before, searching)
    assert sys.modules.get("jax", ...) is not None


@pytest.mark.keras
def test_starting_the_engine_loads_neither_scikit_learn_nor_pyplot_nor_jax() -> None:
    code = (
        "from nettool.engine.devices.start import start; start(); import sys\n"
        "print(sorted({'sklearn', 'matplotlib', 'jax', 'torch'} & set(sys.modules)))\n"
        "import keras; print(keras.wrappers.SKLearnClassifier.__name__, callable(keras.visualization.plot_image_gallery))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\nSKLearnClassifier True\n"
