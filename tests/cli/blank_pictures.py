"""Runs with blank pictures, for tests of something else: to draw them takes as long as a small training."""

import pytest

_DRAWERS = {
    "observe.pictures.draw_curves": ("svg", "png"),
    "observe.pictures.draw_confusion": ("svg", "png"),
    "observe.reconstructions.draw_reconstructions": ("svg", "png"),
    "observe.observations.draw_filters": ("svg",),
}
_BLANK = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def blank_pictures(patch: pytest.MonkeyPatch) -> None:
    """Have every file of a picture written, with nothing in it; the report draws as ever."""
    for drawer, forms in _DRAWERS.items():
        files = dict.fromkeys(forms, _BLANK)
        patch.setattr(f"nettool.jobs.{drawer}", lambda *_, files=files, **__: files)
    patch.setattr("nettool.jobs.observe.preload_drawing.chart_files", lambda *_: {})
