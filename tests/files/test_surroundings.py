"""Settings of the machine: Keras and matplotlib as they are after a start among hostile ones."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nettool.files.surroundings import DROPPED, shut_out, watched_variables

KERAS = """
from nettool.engine.devices.start import start
start()
import keras, json
from keras.src.backend.config import is_nnx_enabled, max_epochs, max_steps_per_epoch
print(json.dumps([keras.config.floatx(), keras.config.epsilon(), keras.config.image_data_format(),
                  is_nnx_enabled(), max_epochs(), max_steps_per_epoch()]))
"""
KERAS_AS_PUBLISHED = ["float32", 1e-7, "channels_last", False, None, None]

MATPLOTLIB = """
from nettool.files.surroundings import shut_out
shut_out()
import matplotlib
changed = [name for name, value in matplotlib.rcParamsDefault.items()
           if not name.startswith("backend") and matplotlib.rcParams[name] != value]
print(changed, len(matplotlib.rcParams) > 300)
import matplotlib.style.core
print("classic" in matplotlib.style.core.library)
"""
HOSTILE = dict.fromkeys(DROPPED, "1") | {"MPLBACKEND": "nonsense", "PYTHONWARNINGS": "error"}
SETTINGS = {"floatx": "float16", "epsilon": 0.5, "image_data_format": "channels_first", "nnx_enabled": True}


def printed(code: str, folder: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        timeout=100,
        env={**os.environ, **environment},
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.keras
@pytest.mark.parametrize("kind", ["settings", "a list", "damaged", "a pipe", "nothing"])
def test_keras_is_as_published_whatever_its_settings_file_holds(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "keras.json"
    if kind == "a pipe":
        os.mkfifo(file)
    elif kind != "nothing":
        contents = {"settings": json.dumps(SETTINGS).encode(), "a list": b"[]", "damaged": b'{"floatx\xff'}
        file.write_bytes(contents[kind])
    before = {path.name for path in tmp_path.iterdir()}
    found = json.loads(printed(KERAS, tmp_path, KERAS_HOME=str(tmp_path), **HOSTILE))
    assert found == KERAS_AS_PUBLISHED
    assert {path.name for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("place", ["the folder", "MATPLOTLIBRC", "the user's settings"])
@pytest.mark.parametrize("contents", [b"text.usetex: True\nfont.size: 40\n", b"font.size: \xff\xfe\n", None])
def test_matplotlib_is_as_published(tmp_path: Path, place: str, contents: bytes | None) -> None:
    (tmp_path / "own").mkdir()
    file = tmp_path / ("matplotlibrc" if place == "the folder" else "own/matplotlibrc")
    variables = {
        "the folder": {},
        "MATPLOTLIBRC": {"MATPLOTLIBRC": str(file)},
        "the user's settings": {"MPLCONFIGDIR": str(file.parent)},
    }
    if contents is None:
        os.mkfifo(file)
    else:
        file.write_bytes(contents)
    assert printed(MATPLOTLIB, tmp_path, **HOSTILE, **variables[place]) == "[] True\nTrue\n"


def test_warnings_stay_warnings_for_the_processes_that_decode_too(tmp_path: Path) -> None:
    code = (
        "from nettool.files.surroundings import shut_out; shut_out()\n"
        "import subprocess, warnings; warnings.warn('once', DeprecationWarning)\n"
        "print(subprocess._args_from_interpreter_flags())"
    )
    assert "-W" not in printed(code, tmp_path, PYTHONWARNINGS="error")


def test_what_numbers_may_depend_on_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*os.environ,):
        if name.startswith(("TF_", "JAX_", "CUDA_", "NVIDIA_", "KMP_", "OMP_", "XLA_")):
            monkeypatch.delenv(name)
    for name, value in {
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "OMP_NUM_THREADS": "1",
        "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_VAR_password": "another program's secret",
        "NVIDIA_API_KEY": "another program's secret",
        "TF_USE_LEGACY_KERAS": "1",
        "HOME": "/nowhere",
    }.items():
        monkeypatch.setenv(name, value)
    shut_out()
    assert watched_variables() == {
        "OMP_NUM_THREADS": "1",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    }
