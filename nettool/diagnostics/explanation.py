"""What each code means, at length: a page of text with an example that gives it and the same one mended."""

import re
import textwrap
from dataclasses import dataclass

from nettool.diagnostics.codes import PAGES, codes

_FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Explanation:
    """A code's page. `text` is Markdown; `failing` and `mended` are specs, None where no spec gives the code.

    Characters that cannot be shown are shown as `�` in `text`; the examples hold them as they are.
    """

    code: str
    meaning: str
    text: str
    failing: str | None
    mended: str | None


def explanation(code: str) -> Explanation:
    """The page of a code. Raises KeyError for a code that there is not."""
    meaning = codes()[code]
    _, _, written = (PAGES / f"{code}.md").read_text(encoding="utf-8").partition("\n\n")
    specs = [body for language, body in _FENCED.findall(written) if language == "yaml"]
    failing, mended = specs if specs else (None, None)
    return Explanation(code, meaning, _shown(written).rstrip(), failing, mended)


def plain_page(page: Explanation, width: int | None = None) -> str:
    """The page for a terminal: examples are indented, nothing else of Markdown is left.

    Texts are broken anew at `width` columns; examples stay as they are.
    """
    text = _FENCED.sub(lambda match: _indented(match[2]), page.text)
    blocks = (_broken(block, width) for block in f"{page.code}: {page.meaning}\n\n{text}".split("\n\n"))
    return "\n\n".join(blocks)


def _broken(block: str, width: int | None) -> str:
    if width is None or block.startswith((_INDENT, "- ")):
        return block
    return textwrap.fill(block, width, break_long_words=False, break_on_hyphens=False)


def _indented(body: str) -> str:
    return "\n".join(_INDENT + line for line in body.rstrip("\n").split("\n"))


def _shown(text: str) -> str:
    return "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in text)
