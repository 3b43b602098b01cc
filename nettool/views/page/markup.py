"""The few forms of HTML that the parts of a page are made of; every text in them is escaped."""

import re
from collections.abc import Collection, Iterable, Sequence
from html import escape

_NAMED = re.compile(r"`([^`\n]+)`")


def section(address: str, title: str, *parts: str) -> str:
    """A part of the page with a heading; empty parts are left out, and a section of nothing is nothing."""
    shown = [part for part in parts if part]
    if not shown:
        return ""
    return "\n".join([f'<section id="{escape(address)}">', f"<h2>{escape(title)}</h2>", *shown, "</section>"])


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Collection[int] = (),
    kind: str = "",
    foot: Iterable[Sequence[str]] = (),
    messages: Collection[int] = (),
) -> str:
    """Cells of plain text; the first column names its row. Those in `numbers` stand to the right.

    Those in `messages` are the program's own words, marked as `said` does it.
    """
    named = f' class="{kind}"' if kind else ""
    ended = "".join(_row(row, numbers) for row in foot)
    return (
        f'<div class="wide"><table{named}><thead>{_row(head, numbers, is_head=True)}</thead>'
        f"<tbody>\n{''.join(_row(row, numbers, messages) for row in rows)}</tbody>"
        + (f"<tfoot>{ended}</tfoot>" if ended else "")
        + "</table></div>"
    )


def _row(
    cells: Sequence[str], numbers: Collection[int], messages: Collection[int] = (), *, is_head: bool = False
) -> str:
    written = []
    for place, cell in enumerate(cells):
        tag = "th" if is_head or place == 0 else "td"
        scope = ' scope="col"' if is_head else ' scope="row"' if place == 0 else ""
        right = ' class="number"' if place in numbers else ""
        text = said(cell) if place in messages else escape(cell)
        written.append(f"<{tag}{scope}{right}>{text}</{tag}>")
    return f"<tr>{''.join(written)}</tr>\n"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and what is said of each, for facts that are not numbers to be compared."""
    items = "\n".join(f"<dt>{escape(name)}</dt><dd>{said(value)}</dd>" for name, value in pairs if value)
    return f'<dl class="facts">\n{items}\n</dl>' if items else ""


def folded(title: str, body: str) -> str:
    """What only some want to see; on paper it is left out."""
    return f"<details><summary>{escape(title)}</summary>\n{body}\n</details>"


def quoted(text: str) -> str:
    """Text as it is written in its file."""
    return f'<div class="wide"><pre tabindex="0" data-copy="this text">{escape(text.rstrip())}</pre></div>'


def said(message: str) -> str:
    """The program's own words: what stands between backticks in them is a name of the user's, or code."""
    return _NAMED.sub(r"<code>\1</code>", escape(message))


def remark(text: str) -> str:
    """A sentence that explains."""
    return f'<p class="quiet">{escape(text)}</p>'
