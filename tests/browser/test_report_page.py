"""A report in a real browser: it reads values off the curves, sorts classes, and shows in the dark and on paper."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reported_runs import SEEN, write_reported

from nettool.jobs.report_run import report_run

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_run(write_reported(tmp_path_factory.mktemp("runs"), SEEN))


def reading(page: "Page", figure: int) -> str:
    return " ".join(
        page.locator("figure[data-panel]:not([hidden]) .reading").nth(figure).inner_text().split()
    )


def hover(page: "Page", figure: int, share: float) -> None:
    """Point at so much of the way across a panel."""
    place = page.locator("figure[data-panel]:not([hidden]) svg").nth(figure)
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2)


def test_hovering_shows_the_values_of_the_epoch_in_every_panel(open_page: "Open", path: Path) -> None:
    page = open_page(path)
    assert reading(page, 0) == "epoch 2 training 0.6000 validation 0.5000"
    hover(page, 0, 0.95)
    assert reading(page, 0) == "epoch 3 training 0.3000 validation 0.5500"
    assert reading(page, 1) == "epoch 3 training 0.9200 validation 0.8400"
    assert reading(page, 2) == "epoch 3 0.001"
    hover(page, 0, 0.2)
    assert reading(page, 0) == "epoch 1 training 1.2000 validation 0.9000"
    page.mouse.move(0, 0)
    assert reading(page, 0) == "epoch 2 training 0.6000 validation 0.5000"


def test_the_cursor_is_where_the_values_are(open_page: "Open", path: Path) -> None:
    page = open_page(path)
    cursor = page.locator("figure[data-panel] .cursor").first
    assert not cursor.is_visible()
    hover(page, 0, 0.95)
    assert cursor.is_visible()
    ends = page.locator("figure[data-panel] svg").first.evaluate(
        """svg => [...svg.querySelectorAll('.cursor circle')].map(dot => [dot.getAttribute('cx'), dot.getAttribute('cy')])
             .concat([...svg.querySelectorAll('.dot')].filter((_, number) => number % 3 == 2)
             .map(dot => [dot.getAttribute('cx'), dot.getAttribute('cy')]))"""
    )
    assert [[float(x), float(y)] for x, y in ends[:2]] == [[float(x), float(y)] for x, y in ends[2:]]


def test_the_keyboard_moves_through_the_epochs(open_page: "Open", path: Path) -> None:
    page = open_page(path)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('figure[data-panel] svg')"):
            break
    page.keyboard.press("ArrowRight")
    assert reading(page, 0).startswith("epoch 3 ")
    page.keyboard.press("ArrowRight")
    assert reading(page, 0).startswith("epoch 3 ")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert reading(page, 0).startswith("epoch 1 ")


def test_the_classes_can_be_sorted_by_each_column(open_page: "Open", path: Path) -> None:
    page = open_page(path)
    names = page.locator("table.sortable tbody th")
    assert names.all_inner_texts() == ["zero", "one", "two"]
    page.get_by_role("button", name="recall ↕", exact=True).click()
    assert names.all_inner_texts() == ["one", "zero", "two"]
    page.get_by_role("button", name="recall ↑", exact=True).click()
    assert names.all_inner_texts()[-1] == "one"
    page.get_by_role("button", name="class").click()
    assert names.all_inner_texts() == ["one", "two", "zero"]
    assert page.locator("table.sortable tfoot th").inner_text() == "mean of the classes"


def test_losses_are_drawn_on_a_logarithmic_axis_for_who_wants_it_so(open_page: "Open", path: Path) -> None:
    page = open_page(path)
    titles = page.locator("figure[data-panel]:not([hidden]) figcaption strong")
    assert titles.all_inner_texts() == ["loss", "accuracy", "learning rate"]
    page.get_by_role("button", name="Logarithmic losses").click()
    assert titles.all_inner_texts() == ["loss (logarithmic)", "accuracy", "learning rate"]
    hover(page, 0, 0.95)
    assert reading(page, 0) == "epoch 3 training 0.3000 validation 0.5500"
    page.get_by_role("button", name="Linear losses").click()
    assert titles.first.inner_text() == "loss"


def test_a_command_is_copied_by_its_button(open_page: "Open", path: Path) -> None:
    page = open_page(path)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name="Copy the command").first
    button.click()
    page.wait_for_function("document.querySelector('.copy').textContent === 'Copied'")
    assert (
        page.evaluate("navigator.clipboard.readText()") == page.locator(".commands code").first.inner_text()
    )


def test_a_script_that_came_in_by_a_name_does_not_run(browser: "object", path: Path, tmp_path: Path) -> None:
    evil = tmp_path / "evil.html"
    added = "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
    evil.write_text(
        path.read_text(encoding="utf-8").replace("</header>", f"{added}</header>"), encoding="utf-8"
    )
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(evil.as_uri())
    page.wait_for_timeout(100)
    assert page.title() == "digits_mlp/20250301-120000: report"
    page.close()


def colours(page: "Page") -> list[str]:
    return [
        page.evaluate(f"getComputedStyle(document.querySelector('{part}')).{what}")
        for part, what in (("body", "backgroundColor"), ("body", "color"), ("#network svg > rect", "fill"))
    ]


def test_it_is_dark_for_who_wants_it_so_but_white_on_paper(open_page: "Open", path: Path) -> None:
    light = colours(open_page(path))
    page = open_page(path, scheme="dark")
    dark = colours(page)
    assert light == ["rgb(255, 255, 255)", "rgb(27, 35, 48)", "rgb(255, 255, 255)"]
    assert dark == ["rgb(20, 24, 31)", "rgb(230, 233, 239)", "rgb(20, 24, 31)"]
    page.emulate_media(media="print", color_scheme="dark")
    assert colours(page) == light
    assert not page.locator("nav").is_visible()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_window(width: int, open_page: "Open", path: Path) -> None:
    page = open_page(path, size=(width, 800))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_long_class_name_stays_in_its_card(open_page: "Open", path: Path) -> None:
    page = open_page(path, size=(1000, 800))
    inside = """() => [...document.querySelectorAll(".card li")].every(row => {
        row.firstChild.textContent = "a_class_with_a_very_long_name_".repeat(4)
        const number = document.createRange()
        number.selectNodeContents(row.querySelector("span"))
        return row.scrollWidth <= row.clientWidth && number.getClientRects().length === 1
    })"""
    assert page.locator(".card li").count() > 0 and page.evaluate(inside)


def test_it_prints(open_page: "Open", path: Path) -> None:
    pdf = open_page(path).pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type /Page\b", pdf)) <= 6


def test_without_scripts_the_values_are_titles(browser: "object", path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(path.resolve().as_uri())
    titles = page.locator("figure[data-panel] .column title").all_text_contents()
    assert titles[2] == "epoch 3: training 0.3000, validation 0.5500"
    assert page.locator("figure[data-panel] .cursor").first.is_hidden()
    context.close()
