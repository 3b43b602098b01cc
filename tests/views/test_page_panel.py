"""One panel of a page's curves, read back from its SVG."""

import json
import re
from xml.etree import ElementTree

import pytest

from nettool.views.charts.curve_panel import Line, Mark, panel_of
from nettool.views.page.panel_figure import panel_figure, scaled_figures

NAN = float("nan")
EPOCHS = (1.0, 2.0, 3.0, 4.0, 5.0)
TRAINING = Line("training", (0.5, 0.4, NAN, 0.2, 0.1))
VALIDATION = Line("validation", (0.6, NAN, 0.5, NAN, float("inf")))


def drawn(*lines: Line, name: str = "loss", marks: tuple[Mark, ...] = ()) -> tuple[str, ElementTree.Element]:
    text = panel_figure(panel_of(name, EPOCHS, lines, marks=marks))
    return text, ElementTree.fromstring(text[text.index("<svg") : text.index("</svg>") + 6])


def test_a_line_has_a_gap_where_there_is_no_finite_value_and_dots_where_there_are_some() -> None:
    _, svg = drawn(TRAINING, VALIDATION)
    paths = [path.get("d") or "" for path in svg.iter("path")]
    assert [re.findall("[ML]", path) for path in paths] == [["M", "L", "M", "L"], ["M", "M"]]
    assert len([dot for dot in svg.iter("circle") if dot.get("class") == "dot training"]) == 4
    assert len([dot for dot in svg.iter("circle") if dot.get("class") == "dot validation"]) == 2


def test_higher_values_stand_higher_and_later_epochs_further_right() -> None:
    _, svg = drawn(TRAINING)
    dots = [(float(dot.get("cx", "")), float(dot.get("cy", ""))) for dot in svg.iter("circle")]
    assert dots == sorted(dots)


def test_what_can_be_read_off_is_every_value_as_text() -> None:
    text, _ = drawn(TRAINING, VALIDATION)
    found = re.search('data-panel="(.*?)"', text)
    assert found is not None
    seen = json.loads(found[1].replace("&quot;", '"'))
    assert seen["epochs"] == [1, 2, 3, 4, 5]
    assert [line["texts"] for line in seen["lines"]] == [
        ["0.5000", "0.4000", "nan", "0.2000", "0.1000"],
        ["0.6000", "nan", "0.5000", "nan", "inf"],
    ]
    assert [[y is None for y in line["y"]] for line in seen["lines"]] == [
        [False, False, True, False, False],
        [False, True, False, True, True],
    ]


def test_marks_stand_at_their_epochs_and_between_them() -> None:
    _, svg = drawn(TRAINING, marks=(Mark(2, "best"), Mark(4.5, "resumed")))
    places = {line.get("class"): float(line.get("x1", "")) for line in svg.iter("line") if line.get("class")}
    ticks = {text.text: float(text.get("x", "")) for text in svg.iter("text")}
    assert places["mark best"] == ticks["2"]
    assert places["mark resumed"] == pytest.approx((ticks["4"] + ticks["5"]) / 2, abs=0.1)
    assert {"best", "resumed"} <= set(ticks)


def test_of_marks_side_by_side_only_the_first_has_its_word() -> None:
    _, svg = drawn(TRAINING, marks=(Mark(2, "best"), Mark(2.5, "resumed"), Mark(4.5, "resumed")))
    words = [text.text for text in svg.iter("text") if text.get("class") == "mark"]
    assert words == ["best", "resumed"]
    assert len([line for line in svg.iter("line") if "mark" in line.get("class", "")]) == 3


def test_the_values_of_the_best_epoch_are_shown_first() -> None:
    text, _ = drawn(TRAINING, marks=(Mark(2, "best"),))
    assert "<span>epoch <b>2</b></span>" in text
    assert "<b>0.4000</b>" in text


def test_values_over_powers_of_ten_are_drawn_so_and_it_is_said() -> None:
    text, _ = drawn(Line("training", (1000.0, 100.0, 10.0, 1.0, 0.1)))
    assert "loss (logarithmic)" in text
    assert "logarithmic" not in drawn(Line("training", (1000.0, 100.0, 10.0, 1.0, 0.1)), name="accuracy")[0]


def test_nothing_finite_is_said_to_be_so() -> None:
    text, svg = drawn(Line("training", (NAN,) * 5))
    assert "no finite value" in [each.text for each in svg.iter("text")]
    assert "training no finite value" in text


def scales(name: str, *values: float) -> list[str]:
    drawn = scaled_figures(panel_of(name, EPOCHS[: len(values)], (Line("training", values),)))
    return re.findall('data-scale="(.*?)"', drawn)


def test_a_loss_above_zero_is_drawn_on_both_scales_the_better_one_first() -> None:
    assert scales("loss", 3.0, 2.0, 1.0) == ["linear", "logarithmic"]
    assert scales("digit_loss", 1000.0, 1.0) == ["logarithmic", "linear"]
    assert scales("validation loss", 3.0, 2.0) == ["linear", "logarithmic"]


def test_what_a_logarithm_says_nothing_about_is_drawn_once() -> None:
    assert scales("accuracy", 0.1, 0.9) == ["linear"]
    assert scales("loss", 1.0, 0.0) == scales("loss", 1.0, -1.0) == scales("loss", 1.0, 1.0) == ["linear"]
    assert scales("loss", NAN) == ["linear"]


def test_the_value_of_the_best_epoch_is_ringed_where_it_is_finite() -> None:
    _, svg = drawn(TRAINING, VALIDATION, marks=(Mark(3, "best"),))
    assert [ring.get("class") for ring in svg.iter("circle") if "ring" in ring.get("class", "")] == [
        "ring validation"
    ]
    _, svg = drawn(TRAINING, VALIDATION, marks=(Mark(2, "best"),))
    assert not [ring for ring in svg.iter("circle") if "ring" in ring.get("class", "")]


def test_of_several_runs_each_has_its_number_its_look_and_its_name() -> None:
    lines = (Line("1", (0.5, 0.4)), Line("2", (0.6, NAN)))
    text = panel_figure(panel_of("loss", EPOCHS[:2], lines), {"1": "one <b>", "2": "two"})
    svg = ElementTree.fromstring(text[text.index("<svg") : text.index("</svg>") + 6])
    assert [(each.get("class"), each.text) for each in svg.iter("text") if each.get("class")] == [
        ("end run1", "1"),
        ("end run2", "2"),
    ]
    assert 'class="run1">one &lt;b&gt; <b>0.4000</b>' in text
    assert "<b>0.4000" in text and "one <b>" not in text
