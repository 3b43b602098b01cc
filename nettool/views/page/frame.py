"""One HTML document that needs nothing but itself; it follows the reader's choice of light or dark."""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from nettool.diagnostics.printable import printable
from nettool.views.page.colours import BASE, PageColour
from nettool.views.style import FONT_STACK

_FONTS = ", ".join(f"'{font}'" if " " in font else font for font in FONT_STACK)


def page(
    title: str,
    parts: Iterable[str],
    colours: Iterable[PageColour] = (),
    style: str = "",
    script: str = "",
    *,
    asks_its_server: bool = False,
) -> str:
    """The whole document around these parts, which are HTML already; on paper it is always light.

    `colours` are there besides those of every page; `style` (CSS) comes after the common one, and `script`
    (JavaScript) runs in the end. No other script runs, and nothing is fetched; a page that `asks_its_server`
    may ask the server that it comes from. `data-theme` on the root, light or dark, overrules the reader's
    system.
    """
    known = (*BASE, *colours)
    light = " ".join(f"--{each.name}: {each.light};" for each in known)
    dark = " ".join(f"--{each.name}: {each.dark};" for each in known)
    themes = (
        f":root {{ color-scheme: light dark; {light} }}\n:root[data-theme=light] {{ color-scheme: light; }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{ {dark} }} }}\n"
        f"@media screen {{ :root[data-theme=dark] {{ color-scheme: dark; {dark} }} }}\n"
    )
    script = printable(f"\n{script}") if script else ""
    end = f"\n<script>{script}</script>" if script else ""
    policy = _policy(script, "'self'" if asks_its_server else "'none'")
    return printable(
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{escape(title)}</title><style>\n{themes}{shared('page.css')}{style}</style></head>\n<body>\n"
        + "\n".join(parts)
        + f"{end}\n</body></html>\n"
    )


def shared(*names: str) -> str:
    """These files of this folder, one after another: styles or scripts that several pages have."""
    return "".join(_text(Path(__file__).with_name(name)) for name in names)


def _policy(script: str, connections: str) -> str:
    """What a browser may do with the page: run this script, follow its styles, show pictures within it."""
    scripts = f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" if script else "'none'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; "
        f"connect-src {connections}; base-uri 'none'; form-action 'none'"
    )


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("FONTS", _FONTS)
