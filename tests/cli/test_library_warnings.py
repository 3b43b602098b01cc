"""Libraries do not warn in words of their own; code of the user's does."""

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

SPEC = """
name: s
python: mine.py
data: {folder: pets.zip}
inputs: {image: [8, 8, 3]}
nodes:
  flat: {layer: Flatten}
  same: {layer: Same}
  label: {layer: Dense, units: 2, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
train: {batch_size: 8, epochs: 1}
"""
CODE = """
import warnings

import keras
import numpy as np

warnings.warn("of the user's own")


class Same(keras.layers.Layer):
    def __init__(self, **options):
        super().__init__(**options)
        keras.layers.Dense(1, input_shape=(1,))  # which Keras warns of, in its own name

    def call(self, inputs):
        return inputs
"""


def image() -> bytes:
    content = BytesIO()
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (8, 8, 3), dtype=np.uint8)).save(content, "PNG")
    return content.getvalue()


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Classes whose letters no font of matplotlib's has, in an archive that zipfile warns of."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETTOOL_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("PYTHONWARNINGS", raising=False)
    Path("s.yaml").write_text(SPEC)
    Path("mine.py").write_text(CODE)
    with zipfile.ZipFile("pets.zip", "w") as packed:
        for name in ("猫", "犬", "__MACOSX"):
            for number in range(10):
                packed.writestr(f"{name}/{number}.png", image())


def ended(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nettool", *command], capture_output=True, text=True, check=False
    )


def test_letters_that_no_font_has_are_no_word_worth() -> None:
    preview = ended("data", "preview", "s.yaml", "-o", "p.png")
    assert preview.returncode == 0
    assert [line for line in preview.stderr.splitlines() if not line.startswith("note: ")] == []


@pytest.mark.keras
def test_a_training_says_only_what_the_user_s_code_says() -> None:
    trained = ended("train", "s.yaml", "--allow-code")
    assert trained.returncode == 0
    lines = trained.stderr.splitlines()
    assert "UserWarning: of the user's own" in lines[0]
    assert [line for line in lines if "input_shape" in line] == []
    assert len(lines) <= 2  # the line itself stands below, where it can be shown


@pytest.mark.keras
def test_with_python_s_own_option_libraries_are_heard() -> None:
    command = [sys.executable, "-W", "default", "-m", "nettool", "train", "--smoke", "s.yaml", "--allow-code"]
    heard = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    assert "input_shape" in heard
