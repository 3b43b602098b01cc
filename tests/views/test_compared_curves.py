import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from itertools import pairwise
from math import inf, nan
from pathlib import Path

import pytest
from small_runs import EPOCHS, NOON

from nettool.record.run_directory import RunDirectory
from nettool.record.run_summary import RunSummary
from nettool.views.charts.curve_panel import Rows, compared_panels, main_metric
from nettool.views.comparison.comparison import Comparison
from nettool.views.comparison.curves import draw_compared, picture_words
from nettool.views.comparison.page import comparison_page
from nettool.views.style import RUN_LOOKS

ROWS: Rows = tuple({"epoch": number, **figures} for number, figures in enumerate(EPOCHS, 1))
SVG = "{http://www.w3.org/2000/svg}"


def comparison(*runs: Rows) -> Comparison:
    run_summaries = tuple(
        RunSummary(RunDirectory(Path(f"runs/net_{number}/s")), f"net_{number}/s", "finished", NOON)
        for number in range(1, len(runs) + 1)
    )
    return Comparison(run_summaries, (), (), runs)


def scaled(rows: Rows, factor: float) -> Rows:
    return tuple({**row, "loss": row["loss"] * factor, "val_loss": row["val_loss"] * factor} for row in rows)


def words(svg: bytes) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def drawn(*runs: Rows) -> bytes:
    return draw_compared(comparison(*runs), ("svg",))["svg"]


def test_losses_and_the_main_metric_stand_side_by_side() -> None:
    titles = [panel.title for panel in compared_panels([ROWS, ROWS])]
    assert titles == ["training loss", "validation loss", "validation accuracy"]


def test_without_validation_the_metric_is_the_trainings() -> None:
    rows = ({"epoch": 1, "loss": 1.0, "top_5": 0.5},)
    assert [panel.title for panel in compared_panels([rows, rows])] == ["training loss", "training top 5"]


def test_the_main_metric_is_the_one_that_most_runs_have() -> None:
    one = ({"epoch": 1, "loss": 1.0, "a_loss": 0.5, "recall": 0.1},)
    other = ({"epoch": 1, "loss": 1.0, "accuracy": 0.1},)
    assert main_metric([one, other, other]) == "accuracy"
    assert main_metric([one, other]) == "recall"
    assert main_metric([({"epoch": 1, "loss": 1.0},)]) is None


def test_what_is_not_finite_is_a_gap() -> None:
    (panel,) = compared_panels(
        [({"epoch": 1, "loss": inf}, {"epoch": 2, "loss": 2.0}), ({"epoch": 1, "loss": nan},)]
    )
    assert str(tuple(line.finite for line in panel.lines)) == "((nan, 2.0), (nan, nan))"


@pytest.mark.parametrize("count", range(2, len(RUN_LOOKS) + 1))
def test_every_run_has_a_line_of_its_own_in_every_panel_and_a_name(count: int) -> None:
    svg = drawn(*(scaled(ROWS, 1 + number) for number in range(count)))
    for look in RUN_LOOKS[:count]:
        assert svg.decode().count(f"stroke: {look.colour}") >= 4
    said = words(svg)
    assert [f"{number}  net_{number}/s" in said for number in range(1, count + 1)] == [True] * count


def test_each_line_has_its_number_at_its_end() -> None:
    said = words(drawn(ROWS, scaled(ROWS, 2)))
    assert said.count("1") == 1 * 3 + 3  # an epoch of the axis and a number in each panel
    assert said.count("2") == 1 * 3 + 3


def test_no_two_looks_are_alike_in_colour_or_in_mark_and_neighbours_differ_in_dashes() -> None:
    for kind in ("colour", "on_dark", "mark"):
        assert len({getattr(look, kind) for look in RUN_LOOKS}) == len(RUN_LOOKS)
    assert all(one.dashes != other.dashes for one, other in pairwise(RUN_LOOKS))


def test_losses_of_very_different_size_are_drawn_on_a_scale_that_says_so() -> None:
    assert "training loss (logarithmic)" in words(drawn(ROWS, scaled(ROWS, 200)))
    assert "training loss" in words(drawn(ROWS, scaled(ROWS, 2)))


def test_a_run_without_epochs_is_named_all_the_same() -> None:
    assert "2  net_2/s (no epoch is over)" in words(drawn(ROWS, ()))


def test_nothing_to_draw_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no metrics"):
        drawn((), ())


def test_the_same_runs_give_the_same_bytes_and_other_figures_another_picture() -> None:
    assert drawn(ROWS, ROWS) == drawn(ROWS, ROWS) != drawn(ROWS, scaled(ROWS, 1.5))


def test_the_page_holds_all_within_itself_and_its_picture_has_words() -> None:
    both = comparison(ROWS, scaled(ROWS, 2))
    page = comparison_page(both)
    picture = ElementTree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == picture_words(both)
    assert picture.get("width") is None
    assert "://" not in page
    assert "<script" not in page
    assert "<link" not in page
    assert "prefers-color-scheme: dark" in page


def test_lines_of_the_page_take_their_colours_from_its_style() -> None:
    page = comparison_page(comparison(ROWS, ROWS))
    assert page.count("stroke: var(--run2)") >= 4
    assert "#" not in page[page.index("<svg") : page.index("</svg>")].replace('href="#', "").replace(
        "url(#", ""
    )


def test_names_are_no_markup() -> None:
    both = comparison(ROWS, ROWS)
    named = replace(
        both, run_summaries=(replace(both.run_summaries[0], label="<b>/s"), both.run_summaries[1])
    )
    assert "<b>" not in comparison_page(named)


def test_a_page_without_curves_says_so() -> None:
    assert "In none of the runs an epoch is over." in comparison_page(comparison((), ()))
