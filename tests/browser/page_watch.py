"""Opening a file in Chromium, and noticing what its page complains about and asks for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

_WITHIN_THE_PAGE = ("data:", "blob:", "about:")


@dataclass
class PageWatch:
    """The tabs of one test. `complaints` are errors and warnings on their consoles, `asked` the addresses
    that they asked for beside their own files; both stay empty for pages that are well.
    """

    browser: "Browser"
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    contexts: list["BrowserContext"] = field(default_factory=list)

    def open(
        self, path: Path, scheme: Literal["light", "dark"] = "light", size: tuple[int, int] = (1280, 800)
    ) -> "Page":
        """The file in a tab of its own, without a network, in a window of so many pixels."""
        width, height = size
        context = self.browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": height}, offline=True
        )
        context.set_default_timeout(5_000)
        self.contexts.append(context)
        address = path.resolve().as_uri()
        page = context.new_page()

        def heard(said: "ConsoleMessage") -> None:
            if said.type in ("error", "warning"):
                self.complaints.append(said.text)

        def sought(request: "Request") -> None:
            if request.url.split("#")[0] != address and not request.url.startswith(_WITHIN_THE_PAGE):
                self.asked.append(request.url)

        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", heard)
        page.on("request", sought)
        page.goto(address)
        return page


@contextmanager
def watched(browser: "Browser") -> Iterator[PageWatch]:
    """A watch whose tabs are closed in the end."""
    watch = PageWatch(browser)
    try:
        yield watch
    finally:
        for context in watch.contexts:
            context.close()
