"""One HTML document that needs nothing but itself; it follows the reader's choice of light or dark."""

from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

from nettool.diagnostics.printable import printable
from nettool.views.page.colours import BASE, PageColour
from nettool.views.style import FONT_STACK

_FONTS = ", ".join(f"'{font}'" if " " in font else font for font in FONT_STACK)


def page(
    title: str, parts: Iterable[str], colours: Iterable[PageColour] = (), style: str = "", script: str = ""
) -> str:
    """The whole document around these parts, which are HTML already; on paper it is always light.

    `colours` are there besides those of every page; `style` (CSS) comes after the common one, and `script`
    (JavaScript) runs in the end. `data-theme` on the root, light or dark, overrules the reader's system.
    """
    known = (*BASE, *colours)
    light = " ".join(f"--{each.name}: {each.light};" for each in known)
    dark = " ".join(f"--{each.name}: {each.dark};" for each in known)
    themes = (
        f":root {{ color-scheme: light dark; {light} }}\n:root[data-theme=light] {{ color-scheme: light; }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{ {dark} }} }}\n"
        f"@media screen {{ :root[data-theme=dark] {{ color-scheme: dark; {dark} }} }}\n"
    )
    common = _text(Path(__file__).with_name("page.css"))
    end = f"\n<script>\n{script}</script>" if script else ""
    return printable(
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>\n{themes}{common}{style}</style></head>\n<body>\n"
        + "\n".join(parts)
        + f"{end}\n</body></html>\n"
    )


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("FONTS", _FONTS)
