"""All runs on a page, in a real browser: sorted as numbers, filtered by words, by values, by dragging along an axis."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_runs import NOON, RESOLVED, write_run

from nettool.jobs.runs_page import draw_runs
from nettool.record.all_runs import all_runs

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]

pytestmark = pytest.mark.browser

RATES = ("0.1", "0.02", "0.001", "0.0001")
ACCURACIES = (0.5, 0.95, 0.9, 1.0)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four finished runs with other learning rates and batch sizes, and one that failed."""
    folder = tmp_path_factory.mktemp("runs")
    for number, (rate, accuracy) in enumerate(zip(RATES, ACCURACIES, strict=True)):
        write_run(
            folder,
            name=f"net_{number}",
            at=NOON + timedelta(minutes=number),
            resolved=RESOLVED.replace("0.001", rate).replace("size: 32", f"size: {2 ** (2 * number)}"),
            test={"loss": 1.0, "accuracy": accuracy},
        )
    write_run(folder, name="broken", state="failed", why="no memory")
    page = folder / "index.html"
    page.write_text(draw_runs(all_runs(folder, NOON).run_summaries, folder, page), encoding="utf-8")
    return page


def shown(page: "Page") -> list[str]:
    """The names of the rows that are to be seen, in their order."""
    rows = page.locator("tr[data-run]:not(.out) th").all_inner_texts()
    return [row.partition("/")[0] for row in rows]


def test_columns_sort_as_numbers_and_what_is_missing_comes_last(path: Path, open_page: "Open") -> None:
    page = open_page(path)
    page.get_by_role("button", name="batch_size").click()
    assert shown(page) == ["net_0", "net_1", "net_2", "broken", "net_3"]
    page.get_by_role("button", name="test accuracy").click()
    assert shown(page) == ["net_0", "net_2", "net_1", "net_3", "broken"]
    page.get_by_role("button", name="test accuracy").click()
    assert shown(page) == ["net_3", "net_1", "net_2", "net_0", "broken"]
    page.get_by_role("button", name="learning_rate").click()
    assert shown(page)[0] == "net_3"


def test_words_and_status_choose_runs_and_their_lines(path: Path, open_page: "Open") -> None:
    page = open_page(path)
    assert page.locator("output").inner_text() == "5 of 5 runs"
    page.get_by_label("Find").fill("NET 0.02")
    assert shown(page) == ["net_1"]
    assert page.locator("#lines .run:visible").count() == 1
    page.get_by_label("Find").fill("")
    page.get_by_label("Status").select_option("failed")
    assert shown(page) == ["broken"]
    assert page.locator("output").inner_text() == "1 of 5 runs"
    page.get_by_role("button", name="Show all").click()
    assert len(shown(page)) == 5


def test_values_choose_runs_by_keyboard(path: Path, open_page: "Open") -> None:
    page = open_page(path)
    page.get_by_text("Limit by value").click()
    page.get_by_label("learning_rate, from").fill("0.01")
    assert shown(page) == ["net_0", "net_1"]
    page.get_by_label("test accuracy, from").fill("0.9")
    assert shown(page) == ["net_1"]
    page.get_by_label("learning_rate, from").fill("-1")
    assert shown(page) == ["net_1", "net_2", "net_3"]


def test_dragging_along_an_axis_chooses_runs_and_a_click_all_again(path: Path, open_page: "Open") -> None:
    page = open_page(path)
    box = page.locator("#lines .handle").last.bounding_box()
    assert box is not None
    x, middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, box["y"] + 1)
    page.mouse.down()
    page.mouse.move(x, middle, steps=3)
    page.mouse.up()
    assert shown(page) == ["net_1", "net_2", "net_3"]
    page.get_by_text("Limit by value").click()
    assert 0.7 < float(page.get_by_label("test accuracy, from").input_value()) < 0.8
    page.get_by_text("Limit by value").click()
    page.mouse.click(x, middle)
    assert len(shown(page)) == 5


def test_pointing_at_a_row_shows_its_line(path: Path, open_page: "Open") -> None:
    page = open_page(path)
    page.locator("tr[data-run]", has_text="net_2").hover()
    line = page.locator("#lines .near")
    assert line.locator("title").text_content() == "net_2/20250301-120200"


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_only_table_and_lines_are_wider_than_the_window(
    scheme: str, width: int, path: Path, open_page: "Open"
) -> None:
    page = open_page(path, scheme=scheme, size=(width, 800))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
