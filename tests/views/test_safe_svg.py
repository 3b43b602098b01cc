"""Pictures within a page: their shapes stay, whatever could run, or fetch something, does not."""

import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from nettool.views.page.safe_svg import UNREADABLE, themed_svg

_OPEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
)
_HOSTILE = (
    "<script>alert(2)</script>",
    "<SCRIPT>alert(2)</SCRIPT>",
    '<script href="https://alert(2)"/>',
    '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(2)</x:script>',
    '<g onclick="alert(2)"><rect onload="alert(2)" width="1" height="1"/></g>',
    "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='alert(2)'/></foreignObject>",
    '<a xlink:href="javascript:alert(2)"><text>here</text></a>',
    '<a href="javascript:alert(2)"><text>here</text></a>',
    '<image xlink:href="https://alert(2)/x.png"/>',
    '<image href="data:image/svg+xml;base64,alert(2)"/>',
    '<image href="data:text/html,alert(2)"/>',
    '<use href="https://alert(2)#x"/>',
    '<use href="data:image/svg+xml,alert(2)"/>',
    '<set attributeName="onload" to="alert(2)"/>',
    '<animate attributeName="href" values="javascript:alert(2)"/>',
    "<style>@import url(https://alert(2))</style>",
    "<style>* { fill: url(https://alert(2)) }</style>",
    "<style>body { display: none } alert(2)</style>",
    '<rect style="fill: url(https://alert(2))"/>',
    '<rect style="fill: ur\\6c(https://alert(2))"/>',
    '<rect style="background: alert(2)"/>',
    '<rect style="position: fixed; width: 100%; content: alert(2)"/>',
    '<rect fill="url(https://alert(2)/x)"/>',
    '<rect filter="url(https://alert(2)/x)"/>',
    "<desc><style>alert(2)</style></desc>",
    "<title><g onload='alert(2)'/></title>",
    "<metadata><script>alert(2)</script></metadata>",
    "<switch><script>alert(2)</script></switch>",
    "<handler type='text/ecmascript'>alert(2)</handler>",
    "<iframe src='javascript:alert(2)'/>",
    "<!-- alert(2) -->",
    "<?xml-stylesheet href='alert(2)'?>",
)


class _Tags(HTMLParser):
    """What a browser's parser of HTML sees in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes.extend(name for name, _ in attrs)


def drawn(content: str, apart: str = "") -> str:
    return themed_svg(
        f"{_OPEN}{content}<path d='M0,0'/></svg>".encode(), "words", {"#ffffff": "paper"}, apart
    )


@pytest.mark.parametrize("content", _HOSTILE)
def test_nothing_of_it_runs_or_is_fetched(content: str) -> None:
    page = drawn(content)
    assert "alert(2)" not in page
    assert page.endswith('<path d="M0,0"></path></svg>')


@pytest.mark.parametrize("text", ["</svg><script>alert(2)</script>", "]]><script>alert(2)</script>"])
def test_text_stays_text(text: str) -> None:
    quoted = text.replace("<", "&lt;").replace(">", "&gt;")
    for content in (
        f"<text>{quoted}</text>",
        f"<desc>{quoted}</desc>",
        f"<g id='{quoted}' class='\"{quoted}'/>",
    ):
        seen = _Tags(drawn(content))
        assert "script" not in seen.names
        assert not [name for name in seen.attributes if name.startswith("on")]


def test_what_a_drawing_is_made_of_stays() -> None:
    content = (
        '<defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>'
        '<path id="m" d="M1,1"/><clipPath id="c"><rect width="9" height="9"/></clipPath></defs>'
        '<g clip-path="url(#c)"><use xlink:href="#m" x="3" style="fill: #FFFFFF; stroke: #123456"/></g>'
        '<image xlink:href="data:image/png;base64,AAAA" width="2" height="2"/>'
        '<text xml:space="preserve" font-family="DejaVu Sans, \'Arial\'">a &amp; b</text>'
    )
    root = ElementTree.fromstring(drawn(content, "one-").replace("xml:space", "space"))
    assert root.attrib["style"] == "stroke-linejoin: round; stroke-linecap: butt"
    use = root.find("g/use")
    assert use is not None
    assert use.attrib == {"href": "#one-m", "x": "3", "style": "fill: var(--paper); stroke: #123456"}
    assert [each.attrib["clip-path"] for each in root.findall("g")] == ["url(#one-c)"]
    assert [each.attrib["id"] for each in root.findall("defs/*")] == ["one-m", "one-c"]
    assert [each.attrib["href"] for each in root.findall("image")] == ["data:image/png;base64,AAAA"]
    assert [(each.text, each.attrib) for each in root.findall("text")] == [
        ("a & b", {"space": "preserve", "font-family": "DejaVu Sans, 'Arial'"})
    ]


def _bombs() -> Iterator[tuple[str, bytes]]:
    entities = "".join(f'<!ENTITY e{n} "' + f"&e{n - 1};" * 10 + '">' for n in range(1, 12))
    yield "entities", f'<!DOCTYPE svg [<!ENTITY e0 "lol">{entities}]>{_OPEN}&e11;</svg>'.encode()
    yield "outside", f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{_OPEN}&x;</svg>'.encode()
    yield "deep", (_OPEN + "<g>" * 100_000).encode()
    yield "cut off", _OPEN.encode()
    yield "no XML", b"\0\xff"
    yield "nothing", b""
    yield "another root", b"<html/>"
    yield "another encoding", b"<?xml version='1.0' encoding='nonsense'?><svg/>"


@pytest.mark.parametrize(
    ("what", "content"), list(_bombs()), ids=lambda each: each if isinstance(each, str) else ""
)
def test_a_damaged_one_is_said_to_be_damaged(what: str, content: bytes) -> None:
    assert themed_svg(content, what, {}) == UNREADABLE


def test_uses_of_uses_draw_nothing() -> None:
    nested = "".join(f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, 10))
    assert "<use" not in drawn(f'<g id="g0"><path d=""/></g>{nested}')


@pytest.mark.parametrize("piece", ["<svg", "<desc>", "<g style='", "url(#", "<![CDATA["])
def test_reading_takes_time_in_proportion(piece: str) -> None:
    began = time.process_time()
    themed_svg((_OPEN + piece * 400_000).encode(), "words", {"#ffffff": "paper"})
    drawn(f"<g fill='{'url(#' * 200_000}'/><text>{'#fffff' * 200_000}</text>")
    assert time.process_time() - began < 2
