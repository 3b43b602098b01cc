"""An SVG document read so that nothing in it runs or is fetched: a run may come from anybody."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from xml.parsers import expat

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"


def _set(*words: str) -> frozenset[str]:
    return frozenset(" ".join(words).split())


_ELEMENTS = _set(
    "svg g a defs title desc path rect circle ellipse line polygon polyline text tspan use image",
    "clipPath pattern linearGradient radialGradient stop",
)
_WORDS = _set("title desc")
"""They hold text alone: within them HTML has rules of its own for elements."""

_PROPERTIES = _set(
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin",
    "stroke-miterlimit stroke-dasharray stroke-dashoffset opacity clip-path clip-rule font font-family",
    "font-size font-style font-weight text-anchor dominant-baseline image-rendering stop-color stop-opacity",
)
_ATTRIBUTES = _PROPERTIES | _set(
    "id class transform d points x y x1 y1 x2 y2 dx dy cx cy r rx ry fx fy width height viewBox version role",
    "offset patternUnits patternTransform clipPathUnits gradientUnits gradientTransform preserveAspectRatio",
)
_OF_OTHER_SPACES = {f"{_XML} space": "xml:space", f"{_XLINK} title": "xlink:title"}
_REFERENCE = re.compile(r"url\(\s*(['\"]?)#([\w.:-]+)\1\s*\)")
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*")
_FOR_ALL = re.compile(r"\s*\*\s*\{([\w\s:;.-]*)\}\s*")
"""The one style sheet that is kept, Matplotlib's; any other would apply to the whole page."""

_DEEPEST = 200

UNREADABLE = '<p class="quiet">This picture of the run is damaged and cannot be shown.</p>'


class NotAPicture(ValueError):
    """The document cannot be read as a picture; says why."""


@dataclass(frozen=True, slots=True)
class SafeSvg:
    """What an SVG document draws: `attributes` of its root, its `description`, `content` as SVG elements."""

    attributes: Mapping[str, str]
    width: str
    description: str
    content: str


def read_svg(svg: bytes, colours: Mapping[str, str], apart: str = "") -> SafeSvg:
    """The document's shapes and texts; scripts, styles of the page, links and what is elsewhere are left out.

    `colours` are CSS variables by the colour whose place they take. `apart` goes before what the picture
    calls its parts. Raises NotAPicture.
    """
    reader = _Reader(colours, apart)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(svg, True)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
        raise NotAPicture(str(error)) from None
    return reader.read()


def _refuse_entity(*_: object) -> None:
    raise NotAPicture("it declares entities")


class _Reader:
    """Takes the parser's events; `_left_out` counts the open elements from the outermost that is left out."""

    def __init__(self, colours: Mapping[str, str], apart: str) -> None:
        self._colours = {colour.lower(): f"var(--{name})" for colour, name in colours.items()}
        alternatives = "|".join(map(re.escape, sorted(self._colours)))
        self._coloured = re.compile(rf"(?:{alternatives})\b" if colours else r"(?!)", re.IGNORECASE)
        self._apart = apart
        self._open: list[str] = []
        self._left_out: list[str] = []
        self._root: dict[str, str] = {}
        self._width = ""
        self._description: list[str] = []
        self._paths: set[str] = set()
        self._parts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, element = name.rpartition(" ")
        if len(self._open) + len(self._left_out) > _DEEPEST:
            raise NotAPicture("its elements are nested too deeply")
        if not self._open and (element != "svg" or space not in (_SVG, "")):
            raise NotAPicture("it is no SVG")
        if self._left_out or not self._is_kept(space, element, attributes):
            self._left_out.append(element)
            return
        kept = self._kept(element, attributes)
        self._open.append(element)
        if len(self._open) == 1:
            self._width = kept.pop("width", "")
            kept.pop("height", None)
            self._root = kept
            return
        if element == "path" and "id" in kept:
            self._paths.add(kept["id"])
        self._parts.append(f"<{element}{attributes_text(kept)}>")

    def end(self, _: str) -> None:
        if self._left_out:
            self._left_out.pop()
            return
        element = self._open.pop()
        if self._open:
            self._parts.append(f"</{element}>")

    def text(self, text: str) -> None:
        if not self._left_out:
            self._parts.append(escape(text, quote=False))
            if self._open == ["svg", "desc"]:
                self._description.append(text)
        elif self._left_out == ["style"]:
            sheet = _FOR_ALL.fullmatch(text)
            if sheet is not None:
                self._root.setdefault("style", self._declarations(sheet[1]))

    def read(self) -> SafeSvg:
        return SafeSvg(self._root, self._width, "".join(self._description), "".join(self._parts))

    def _is_kept(self, space: str, element: str, attributes: Mapping[str, str]) -> bool:
        if space not in (_SVG, "") or element not in _ELEMENTS or (self._open and self._open[-1] in _WORDS):
            return False
        # Uses of uses could draw a billion shapes: only a path that stands before it is used.
        return element != "use" or self._reference(attributes).removeprefix("#") in self._paths

    def _reference(self, attributes: Mapping[str, str]) -> str:
        given = attributes.get(f"{_XLINK} href", attributes.get("href", ""))
        return f"#{self._apart}{given[1:]}" if given.startswith("#") else given

    def _kept(self, element: str, attributes: Mapping[str, str]) -> dict[str, str]:
        kept = {}
        for name, value in attributes.items():
            known = _OF_OTHER_SPACES.get(name, name)
            if known == "id":
                kept[known] = self._apart + value
            elif known == "style":
                kept[known] = self._declarations(value)
            elif known == "xlink:title" or (known in _ATTRIBUTES and _is_plain(value)):
                kept[known] = self._themed(value)
            elif known == "xml:space":
                kept[known] = value
        reference = self._reference(attributes)
        if element == "use" or (element == "image" and _PICTURE.fullmatch(reference)):
            kept["href"] = reference
        return kept

    def _declarations(self, style: str) -> str:
        pairs = (each.partition(":") for each in style.split(";"))
        return "; ".join(
            f"{name.strip()}: {self._themed(value.strip())}"
            for name, _, value in pairs
            if name.strip() in _PROPERTIES and _is_plain(value)
        )

    def _themed(self, value: str) -> str:
        coloured = self._coloured.sub(lambda found: self._colours[found[0].lower()], value)
        return _REFERENCE.sub(rf"url(#{self._apart}\2)", coloured)


def _is_plain(value: str) -> bool:
    """Whether a value refers to nothing outside of its document."""
    rest = _REFERENCE.sub("", value).lower()
    return not any(sign in rest for sign in ("\\", "@", "url", "image(", "image-set(", "src(", "/*"))


def attributes_text(attributes: Mapping[str, str]) -> str:
    """Attributes as they are written within a tag, each after a space."""
    return "".join(f' {name}="{_quoted(value)}"' for name, value in attributes.items())


def _quoted(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;")


def themed_svg(svg: bytes, words: str, colours: Mapping[str, str], apart: str = "") -> str:
    """The SVG document as an element of a page, as wide as there is room for; a sentence for a damaged one.

    `words` say what is to be seen; `colours` are CSS variables by the colour whose place they take. `apart`
    goes before what the picture calls its parts, for each of several pictures on a page something else.
    """
    try:
        return svg_element(read_svg(svg, colours, apart), words)
    except NotAPicture:
        return UNREADABLE


def svg_element(svg: SafeSvg, words: str) -> str:
    """The picture as an element; `words` say what is to be seen."""
    spoken = {"role": "img", "aria-label": words}
    return f"<svg{attributes_text({**svg.attributes, **spoken})}>{svg.content}</svg>"
