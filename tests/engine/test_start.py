import os
import subprocess
import sys
from pathlib import Path

import pytest

FAKE_KERAS = """
import os, sys
os.write(2, b"oneDNN custom operations are on\\n")
class backend:
    backend = staticmethod(lambda: {backend!r})
{more}
"""
FAKE_TENSORFLOW = """
import os
os.write(2, b"failed call to cuInit\\n")
class config:
    list_physical_devices = staticmethod(list)
"""
START = "from nettool.engine.start import start; start(); start()"


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "KERAS_"))}
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**inherited, **environment},
    )


def fake(folder: Path, *, backend: str = "tensorflow", more: str = "") -> dict[str, str]:
    (folder / "keras.py").write_text(FAKE_KERAS.format(backend=backend, more=more))
    (folder / "tensorflow.py").write_text(FAKE_TENSORFLOW)
    return {"PYTHONPATH": os.pathsep.join([str(folder), *sys.path])}


@pytest.mark.keras
def test_loading_keras_and_training_with_it_prints_nothing() -> None:
    done = run(
        f"{START}\n"
        "import keras, numpy as np\n"
        "for _ in range(6):\n"
        "    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])\n"
        "    model.compile('sgd', 'mse')\n"
        "    model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)\n"
        "import os; print(keras.backend.backend(), os.environ.get('TF_ENABLE_ONEDNN_OPTS'))\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "tensorflow None\n", "")


def test_what_the_libraries_say_while_they_load_is_kept_back(tmp_path: Path) -> None:
    done = run(START, **fake(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_written_after_loading_is_seen(tmp_path: Path) -> None:
    done = run(f"{START}; import os; os.write(2, b'later')", **fake(tmp_path))
    assert done.stderr == "later"


def test_the_user_who_chose_a_log_level_sees_everything(tmp_path: Path) -> None:
    done = run(START, TF_CPP_MIN_LOG_LEVEL="0", **fake(tmp_path))
    assert done.stderr == "oneDNN custom operations are on\nfailed call to cuInit\n"


def test_a_failing_import_tells_what_was_printed_before(tmp_path: Path) -> None:
    done = run(START, **fake(tmp_path, more="raise ImportError('no such library')"))
    assert done.returncode == 1
    assert done.stderr.startswith("oneDNN custom operations are on\n")
    assert done.stderr.endswith("ImportError: no such library\n")


def test_another_backend_that_was_loaded_first_is_refused(tmp_path: Path) -> None:
    done = run(f"import keras; {START}", **fake(tmp_path, backend="jax"))
    assert done.stderr.endswith(
        "RuntimeError: Keras was already loaded with the backend jax; nettool needs tensorflow\n"
    )


def test_the_backend_is_tensorflow_whatever_the_environment_says(tmp_path: Path) -> None:
    done = run(
        f"{START}; import os; print(os.environ['KERAS_BACKEND'])", KERAS_BACKEND="jax", **fake(tmp_path)
    )
    assert done.stdout == "tensorflow\n"
