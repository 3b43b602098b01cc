import os
import subprocess
import sys
from pathlib import Path

import pytest

from nettool.gallery import gallery_folder

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
START = "from nettool.engine.devices.start import start; start(); start()"


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


def test_one_who_interrupts_the_start_hears_nothing_of_what_was_printed(tmp_path: Path) -> None:
    done = run(START, **fake(tmp_path, more="raise KeyboardInterrupt"))
    assert done.stderr.endswith("KeyboardInterrupt\n")
    assert "oneDNN" not in done.stderr


def test_a_failing_import_tells_what_was_printed_before(tmp_path: Path) -> None:
    done = run(START, **fake(tmp_path, more="raise ImportError('no such library')"))
    assert done.returncode == 1
    assert done.stderr.startswith("oneDNN custom operations are on\n")
    assert done.stderr.endswith("ImportError: no such library\n")


@pytest.mark.parametrize(
    ("loaded", "asked", "needed"),
    [
        ("torch", "", "tensorflow or jax"),
        ("jax", "'tensorflow'", "tensorflow"),
        ("tensorflow", "'jax'", "jax"),
    ],
)
def test_another_backend_that_was_loaded_first_is_refused(
    tmp_path: Path, loaded: str, asked: str, needed: str
) -> None:
    done = run(
        f"import keras; {START.replace('start()', f'start({asked})')}", **fake(tmp_path, backend=loaded)
    )
    assert done.stderr.endswith(
        f"RuntimeError: Keras was already loaded with the backend {loaded}; nettool needs {needed}\n"
    )


def test_what_asks_for_no_backend_takes_the_one_that_is_loaded(tmp_path: Path) -> None:
    done = run(f"import keras; {START}; print('on')", **fake(tmp_path, backend="jax"))
    assert done.stdout == "on\n"


def test_a_backend_that_is_not_installed_is_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    code = (
        "import importlib.util, sys\n"
        "found = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name: None if name == 'jax' else found(name)\n"
        "from nettool.cli.output.error_handler import guarded\n"
        "from nettool.jobs.preflight import start_engine\n"
        "from nettool.jobs.run_options import EngineOptions\n"
        "code = guarded(lambda: start_engine((), EngineOptions(backend='jax')))\n"
        "print(code, 'keras' in sys.modules)"
    )
    done = run(code, **fake(tmp_path))
    assert done.stdout == "2 False\n"
    assert done.stderr == "Error: the backend jax is not installed: pip install 'nettool[jax]'\n"


def test_the_backend_is_tensorflow_unless_it_is_said_otherwise(tmp_path: Path) -> None:
    done = run(
        f"{START}; import os; print(os.environ['KERAS_BACKEND'])", KERAS_BACKEND="jax", **fake(tmp_path)
    )
    assert done.stdout == "tensorflow\n"


LIMITED = """
import resource, sys
from nettool.__main__ import main
limit = int(sys.argv.pop(1)) * 1024
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
sys.argv[0] = "nettool"
main()
"""
DIGITS = str(gallery_folder() / "digits_mlp.yaml")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such limit")
@pytest.mark.parametrize(
    ("kilobytes", "command", "told"),
    [
        (2_000_000, "train", "this process may use 2.0 GB of address space, and TensorFlow needs "),
        (100_000, "plot", "the memory of this machine is not enough for it"),
    ],
)
def test_too_small_an_address_space_is_told(tmp_path: Path, kilobytes: int, command: str, told: str) -> None:
    """TensorFlow would abort, or end in a traceback of some library that cannot be loaded."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(kilobytes), command, DIGITS],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode in (1, 2)
    assert done.stderr.startswith(f"error: {told}")
    assert len(done.stderr.splitlines()) == 1
