"""Runs compared on a page, in a real browser: curves that can be read off by pointing at them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_runs import EPOCHS, NOON, RESOLVED, write_run

from nettool.jobs.compare import compare
from nettool.views.comparison.page import comparison_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compared")
    one = write_run(folder)
    tuned = RESOLVED.replace("units: 32", "units: 64")
    other = write_run(folder, name="tuned", at=NOON + timedelta(minutes=1), resolved=tuned, epochs=EPOCHS[:2])
    page = folder / "compare.html"
    page.write_text(comparison_page(compare({"one": one, "other": other})), encoding="utf-8")
    long = {"digits_cnn/20261129-225716": one, "digits_mlp/20261129-225653": other}
    for name, count in (("two.html", 2), ("four.html", 4)):
        runs = {f"{label}{more}": run for more in ("", "a") for label, run in long.items()}
        compared = comparison_page(compare(dict(list(runs.items())[:count])))
        page.with_name(name).write_text(compared, encoding="utf-8")
    return page


def test_pointing_at_an_epoch_shows_every_runs_value(path: Path, open_page: "Callable[..., Page]") -> None:
    page = open_page(path)
    shown = page.locator("figure:not([hidden]) .reading")
    assert shown.nth(1).inner_text().split() == ["epoch", "3", "one", "0.5500", "other", "–"]
    page.locator("figure:not([hidden]) svg").first.focus()
    page.keyboard.press("ArrowLeft")
    assert shown.nth(1).inner_text().split() == ["epoch", "2", "one", "0.5000", "other", "0.5000"]
    page.get_by_role("button", name="Logarithmic losses").click()
    assert page.locator("figure:not([hidden]) strong").all_inner_texts() == [
        "training loss (logarithmic)",
        "validation loss (logarithmic)",
        "validation accuracy",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_only_the_tables_are_wider_than_the_window(
    scheme: str, path: Path, open_page: "Callable[..., Page]"
) -> None:
    page = open_page(path, scheme=scheme, size=(390, 800))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_two_runs_stand_beside_each_other(path: Path, open_page: "Callable[..., Page]") -> None:
    page = open_page(path.with_name("two.html"), size=(390, 800))
    ends = page.locator("thead th:last-child").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().right)"
    )
    assert len(ends) > 1
    assert max(ends) <= 390


def test_on_a_phone_the_names_of_the_lines_stay_while_many_runs_scroll(
    path: Path, open_page: "Callable[..., Page]"
) -> None:
    page = open_page(path.with_name("four.html"), size=(390, 800))
    left = "all => all.map((each) => each.getBoundingClientRect().left)"
    names = page.locator("tbody th")
    before = names.evaluate_all(left)
    page.locator(".wide").evaluate_all("all => all.forEach((each) => (each.scrollLeft = 200))")
    assert names.evaluate_all(left) == before
    assert all(place < 390 - 90 for place in page.locator("thead th:last-child").evaluate_all(left))
