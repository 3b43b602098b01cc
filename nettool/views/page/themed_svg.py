"""A picture within a page: an SVG element that takes the page's colours, in the light and in the dark."""

from collections.abc import Mapping

from nettool.views.page.safe_svg import NotAPicture, SafeSvg, attributes_text, read_svg

UNREADABLE = '<p class="quiet">This picture of the run is damaged and cannot be shown.</p>'


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
