"""A real headless Chromium for tests of pages: skipped, with the reason, where none is installed."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from page_watch import watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_QUIETLY = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# Not for the whole session: as long as Playwright runs, no other test could run an event loop.
@pytest.fixture(scope="package")
def browser() -> "Iterator[Browser]":
    """Chromium with an empty profile, which goes with it. Mark what uses it with `browser`."""
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"no Chromium is installed (sought: {', '.join(_NAMES)})")
    playwright_api = pytest.importorskip("playwright.sync_api")
    # Chromium refuses its sandbox to the root user, whom containers often run as.
    as_root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    with playwright_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=[*_QUIETLY, *as_root])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: "Browser") -> "Iterator[Callable[..., Page]]":
    """`open_page(path, scheme="light", size=(1280, 800))` → Playwright's Page (click, hover, screenshot …).

    The test fails in the end if a page complained on its console or asked for anything but its own file.
    """
    with watched(browser) as watch:
        yield watch.open
        complaints, asked = watch.complaints, watch.asked
    assert complaints == [], "the page complained on its console"
    assert asked == [], "the page asked for something outside its file"
