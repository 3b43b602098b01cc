import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from html import unescape
from itertools import pairwise
from math import inf, nan
from pathlib import Path

import pytest
from small_runs import EPOCHS, NOON

from nettool.record.run_directory import RunDirectory
from nettool.record.run_summary import RunSummary
from nettool.views.charts.curve_panel import Rows, compared_panels, main_metric
from nettool.views.comparison.comparison import Comparison
from nettool.views.comparison.curves import draw_compared
from nettool.views.comparison.differences import ABSENT, Difference
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


def test_the_page_begins_with_the_curves_and_holds_all_within_itself() -> None:
    page = comparison_page(comparison(ROWS, scaled(ROWS, 2)))
    assert re.findall("<h2>(.*?)</h2>", page) == ["Curves", "Results", "Specs"]
    assert set(re.findall(r"\w+://[^\s\"'<]+", page)) == {"http://www.w3.org/2000/svg"}
    assert "<link" not in page
    assert "prefers-color-scheme: dark" in page


def test_every_run_of_the_page_has_its_name_number_colour_and_dashes() -> None:
    page = comparison_page(comparison(*[ROWS] * len(RUN_LOOKS)))
    looks = re.findall(r"\.run(\d) { --line: var\(--run(\d)\); --dash: (.*?);", page)
    assert [(number, number) for number, _, _ in looks] == [(one, other) for one, other, _ in looks]
    assert [dashes for _, _, dashes in looks[:4]] == ["none", "10 3.2", "2.4 2.4", "12 3.2 2.4 3.2"]
    heads = re.findall(r'<th scope="col".*?>(\d)</span> <code>(.*?)</code>', page)
    assert heads == [(f"{number}", f"net_{number}/<wbr>s") for number in range(1, len(RUN_LOOKS) + 1)]


def test_what_differs_from_the_first_run_is_marked() -> None:
    spec = (Difference("train.seed", (0, 1, 0)), Difference("nodes.drop", (ABSENT, {"rate": 0.5}, ABSENT)))
    page = comparison_page(replace(comparison(ROWS, ROWS, ROWS), spec=spec))
    assert re.findall("<mark><code>(.*?)</code></mark>", page) == ["1", "{rate: 0.5}"]
    assert page.count("<code>0</code>") == 2


def test_a_run_that_is_over_has_a_dash_where_others_go_on() -> None:
    page = unescape(comparison_page(comparison(ROWS, ROWS[:1])))
    assert '"texts": ["0.9000", "\\u2013", "\\u2013"]' in page


def test_names_are_no_markup() -> None:
    both = comparison(ROWS, ROWS)
    named = replace(
        both, run_summaries=(replace(both.run_summaries[0], label="<i>/s"), both.run_summaries[1])
    )
    assert "<i>" not in comparison_page(named)


def test_a_page_without_curves_says_so() -> None:
    assert "In none of the runs an epoch is over." in comparison_page(comparison((), ()))
