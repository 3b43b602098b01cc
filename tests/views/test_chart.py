import re
from io import BytesIO
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from nettool.views.charts.chart import ChartForm, blank_chart, chart_files

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CLIPPING_PATH = re.compile(rb'(?<=url\(#)(p[0-9a-f]{10}|clip\d+)\b|(?<=id=")(p[0-9a-f]{10}|clip\d+)\b')
UNDATED = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


def something(chart: "Figure") -> "Figure":
    left, right = chart.subplots(1, 2)
    left.plot([1, 2, 3], [3.0, 1.0, 2.0], label="a long name beside the line")
    left.set_ylabel("height")
    image = right.imshow([[0, 1], [2, 3]], interpolation="nearest")
    right.grid(False)
    chart.colorbar(image, ax=right)
    return chart


def saved_one_after_the_other(forms: tuple[ChartForm, ...]) -> dict[ChartForm, bytes]:
    """As matplotlib itself saves a figure in several forms, placing everything only once."""
    files: dict[ChartForm, bytes] = {}
    with blank_chart(5, 3, "title") as chart:
        something(chart)
        for form in forms:
            content = BytesIO()
            chart.savefig(content, format=form, dpi=160, metadata=UNDATED[form])
            chart.set_layout_engine("none")
            files[form] = content.getvalue()
    return files


@pytest.mark.parametrize("forms", list(permutations(("png", "svg", "pdf"), 2)), ids="-then-".join)
def test_every_form_is_drawn_as_matplotlib_saves_it(forms: tuple[ChartForm, ...]) -> None:
    with blank_chart(5, 3, "title") as chart:
        ours = chart_files(something(chart), forms)
    theirs = saved_one_after_the_other(forms)
    assert list(ours) == list(forms)
    # Clipping paths have names of our own in an SVG.
    assert {form: CLIPPING_PATH.sub(b"clip", content) for form, content in ours.items()} == {
        form: CLIPPING_PATH.sub(b"clip", content) for form, content in theirs.items()
    }


def test_nothing_of_the_figure_is_changed_by_drawing_it() -> None:
    with blank_chart(5, 3) as chart:
        before = chart.dpi
        chart_files(something(chart), ("svg", "png"))
        assert chart.dpi == before
