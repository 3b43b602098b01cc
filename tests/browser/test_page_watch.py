"""What the tests of pages stand on: a page opens as asked, and nothing that it does wrong is missed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from page_watch import watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def page_file(folder: Path, body: str) -> Path:
    path = folder / "page.html"
    path.write_text(f"<!doctype html><title>t</title><body>{body}</body>", encoding="utf-8")
    return path


def test_a_page_opens_in_the_scheme_and_size_that_were_asked_for(
    open_page: "Callable[..., Page]", tmp_path: Path
) -> None:
    page = open_page(page_file(tmp_path, "<p>hello</p>"), scheme="dark", size=(640, 480))
    assert page.inner_text("p") == "hello"
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert page.evaluate("[innerWidth, innerHeight]") == [640, 480]


def test_errors_and_requests_are_noticed(browser: "Browser", tmp_path: Path) -> None:
    body = (
        '<img src="http://elsewhere.test/picture.png"><link rel="stylesheet" href="beside.css">'
        "<script>console.warn('careful'); undefinedName()</script>"
    )
    with watched(browser) as watch:
        watch.open(page_file(tmp_path, body)).wait_for_load_state()
        assert watch.asked == ["http://elsewhere.test/picture.png", (tmp_path / "beside.css").as_uri()]
        assert "careful" in watch.complaints
        assert any("undefinedName" in complaint for complaint in watch.complaints)
