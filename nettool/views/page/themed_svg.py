"""A picture within a page: an SVG element that takes the page's colours, in the light and in the dark."""

import re
from collections.abc import Mapping
from html import escape

_BEFORE_THE_PICTURE = re.compile(r"\A.*?(?=<svg\b)", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_SIZE = re.compile(r'(<svg\b[^>]*?) (?:width|height)="[^"]*"')
_IDENTIFIED = re.compile(r'(\bid="|\burl\(#|\bhref="#)')


def themed_svg(svg: bytes, words: str, colours: Mapping[str, str], apart: str = "") -> str:
    """The SVG document as an element of a page, as wide as there is room for.

    `words` say what is to be seen; `colours` are CSS variables by the colour whose place they take. `apart`
    goes before what the picture calls its parts, for each of several pictures on a page something else.
    """
    text = _METADATA.sub("", _BEFORE_THE_PICTURE.sub("", svg.decode("utf-8")))
    for _ in range(2):
        text = _SIZE.sub(r"\1", text, count=1)
    for colour, name in colours.items():
        text = re.sub(rf"{colour}\b", f"var(--{name})", text, flags=re.IGNORECASE)
    text = _IDENTIFIED.sub(rf"\g<1>{apart}", text)
    return text.replace("<svg", f'<svg role="img" aria-label="{escape(words)}"', 1)
