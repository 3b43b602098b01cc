"""Histograms of a preview: what their bars cover, and what they add up to."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from nettool.data.preview import Preview
from nettool.views.charts.value_panels import draw_lengths


@pytest.mark.parametrize("highest", [3, 40, 41, 77, 255, 1000])
def test_bars_of_whole_numbers_begin_and_end_with_them_and_hold_all(highest: int) -> None:
    lengths = np.arange(1, highest + 1)
    preview = Preview("p", "s", "train", {}, (), lengths, {}, {}, {}, {"words": lengths}, {}, ())
    figure = Figure()
    draw_lengths(figure.subfigures(), preview)
    bars = figure.subfigs[0].axes[0].patches
    assert bars[0].get_x() == 0.5
    # A bar leaves a little room before the next one.
    assert bars[-1].get_x() + bars[-1].get_width() / 0.92 == pytest.approx(highest + 0.5)
    assert sum(bar.get_height() for bar in bars) == pytest.approx(1)
