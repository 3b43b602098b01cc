import subprocess
import sys
from threading import Event

import pytest

from nettool.jobs.observe import preload_drawing
from nettool.jobs.observe.preload_drawing import PreloadDrawing


def test_once_it_is_ready_a_picture_loads_nothing_more() -> None:
    code = """
import sys
from nettool.jobs.observe.preload_drawing import PreloadDrawing
from nettool.views.charts.curves import draw_curves
drawing = PreloadDrawing()
before = set(sys.modules)
drawing.begin()
drawing.wait()
loaded = set(sys.modules)
draw_curves([{"epoch": 1, "loss": 1.0, "val_loss": 2.0}], {"loss": "min"})
print("matplotlib" in before, "matplotlib" in loaded, sorted(set(sys.modules) - loaded))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False True []\n"


def test_it_begins_once_and_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on, done = Event(), []

    def draw() -> None:
        goes_on.wait(60)
        done.append(True)

    monkeypatch.setattr(preload_drawing, "_draw_something", draw)
    drawing = PreloadDrawing()
    drawing.begin()
    drawing.begin()
    assert done == []
    goes_on.set()
    drawing.wait()
    assert done == [True]


def test_what_was_not_begun_is_not_waited_for() -> None:
    PreloadDrawing().wait()
