"""What a page says, line by line: headings, tables with bars between the cells, pairs, everything else as it is."""

from html.parser import HTMLParser

_SILENT = {"style", "script", "svg", "title", "template"}
_BLOCKS = {"p", "li", "summary", "dt", "dd", "pre", "figcaption", "nav", "h1", "h2", "h3", "figure", "tr"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.words: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent.append(tag)
        if tag in _BLOCKS:
            self._end_line()
        if tag in ("h1", "h2", "h3"):
            self.words.append("#" * int(tag[1]))
        if tag in ("th", "td") and self.words:
            self.words.append("|")
        if tag == "img":
            self.words.append(f"[{dict(attrs)['alt']}]")

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()
        if tag == "dt":
            self.words.append(":")
        elif tag in _BLOCKS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.words.append(data.strip("\n"))

    def _end_line(self) -> None:
        # A name and what stands behind it are one line.
        if self.words and self.words[-1] != ":":
            self.lines += " ".join(self.words).split("\n")
            self.words = []


def page_text(page: str) -> str:
    reader = _Reader()
    reader.feed(page)
    reader._end_line()
    lines = (
        " ".join(line.split()) if "  " in line and not line.startswith(" ") else line for line in reader.lines
    )
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"
