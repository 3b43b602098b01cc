"""A changed spec as changes of its text, so that comments, layout and everything else stay as they are."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from nettool.diagnostics.source import Source, Span
from nettool.spec.yaml.flow import flow, yaml_flow
from nettool.spec.yaml.tree import Mapping, Pair, Sequence, Tree

_LINE_END = re.compile(r"\r\n|\r|\n")
_COMMENT = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)
_ALIAS = re.compile(r"\s*:\s*\*[^\s,\]}]+")
_ANCHOR = re.compile(r"&[^\s,\[\]{}]+\s+")
_WIDEST = 100
"""Letters of a section in one line; a longer one has a line for each of its entries."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """The letters from `start` to before `end` (counted from 0) become `text`."""

    start: int
    end: int
    text: str


class NotInText(Exception):
    """The change cannot be made without touching anything else, such as a comment."""


def changed(text: str, changes: Iterable[TextChange]) -> str:
    """The text with these changes. Raises NotInText where two of them meet."""
    pieces: list[str] = []
    end = 0
    for change in sorted(dict.fromkeys(changes), key=lambda each: (each.start, each.end)):
        if change.start < end:
            raise NotInText
        pieces += [text[end : change.start], change.text]
        end = change.end
    return "".join([*pieces, text[end:]])


def text_changes(source: Source, old: Tree, new: Tree) -> tuple[TextChange, ...]:
    """What changes in the text that `old` was read from, so that `new` is read. Raises NotInText."""
    return tuple(dict.fromkeys(_Layout(source).differences(old, new)))


def marked_change(source: Source, span: Span, text: str) -> TextChange:
    """The marked letters become the text."""
    layout = _Layout(source)
    return TextChange(layout.start(span), layout.end(span), text)


class _Layout:
    """The text as letters, and where in it the parts of a spec begin and end."""

    def __init__(self, source: Source) -> None:
        self._text = source.text

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self._text))]

    @cached_property
    def _line_end(self) -> str:
        found = _LINE_END.search(self._text)
        return "\n" if found is None else found[0]

    def start(self, span: Span) -> int:
        return self._line_starts[span.line - 1] + span.column - 1

    def end(self, span: Span) -> int:
        if span.end_line > len(self._line_starts):
            return len(self._text)
        return self._line_starts[span.end_line - 1] + span.end_column - 1

    def differences(self, old: Tree, new: Tree) -> Iterator[TextChange]:
        """The changes that lead from one to the other. Raises NotInText."""
        if isinstance(old, Mapping) and isinstance(new, Mapping) and old.pairs and new.pairs:
            yield from self._of_mappings(old, new)
        elif isinstance(old, Sequence) and isinstance(new, Sequence) and 0 < len(old.items) <= len(new.items):
            yield from self._of_lists(old, new)
        elif flow(old) != flow(new):
            yield self._rewritten(old, new)

    def _of_lists(self, old: Sequence, new: Sequence) -> Iterator[TextChange]:
        for before, after in zip(old.items, new.items, strict=False):
            yield from self.differences(before, after)
        added = [flow(item) for item in new.items[len(old.items) :]]
        if added:
            last = self._true_end(old.items[-1])
            if self._is_flow(old):
                yield TextChange(last, last, "".join(f", {item}" for item in added))
            else:
                indent = self._line_end + " " * (old.span.column - 1)
                place = self._rest_of_line(last)
                yield TextChange(place, place, "".join(f"{indent}- {item}" for item in added))

    def _of_mappings(self, old: Mapping, new: Mapping) -> Iterator[TextChange]:
        partners = _partners(old, new)
        kept = {id(partner) for partner in partners if partner is not None}
        previous: Pair | None = None
        added: list[Pair] = []
        for pair, partner in zip(new.pairs, partners, strict=True):
            if partner is None:
                added.append(pair)
                continue
            yield from self._added(old, previous, added, following=partner)
            added = []
            if partner.key.text != pair.key.text:
                yield TextChange(
                    self.start(partner.key.span), self.end(partner.key.span), yaml_flow(pair.key.text)
                )
            yield from self.differences(partner.value, pair.value)
            previous = partner
        gone = [pair for pair in old.pairs if id(pair) not in kept]
        if len(gone) == len(old.pairs):
            yield self._rewritten(old, new)
            return
        yield from self._added(old, previous, added, following=None)
        for pair in gone:
            yield self._deleted(old, pair)

    def _added(
        self, home: Mapping, previous: Pair | None, pairs: list[Pair], following: Pair | None
    ) -> Iterator[TextChange]:
        if not pairs:
            return
        if self._is_flow(home):
            texts = [f"{yaml_flow(pair.key.text)}: {flow(pair.value)}" for pair in pairs]
            if previous is not None:
                end = self._pair_end(previous)
                yield TextChange(end, end, "".join(f", {text}" for text in texts))
            elif following is not None:
                place = self.start(following.key.span)
                yield TextChange(place, place, "".join(f"{text}, " for text in texts))
            return
        indent = " " * (home.pairs[0].key.span.column - 1)
        texts = [self._pair_in_block(pair, indent) for pair in pairs]
        if previous is not None:
            place = self._rest_of_line(self._pair_end(previous))
            yield TextChange(place, place, "".join(f"{self._line_end}{indent}{text}" for text in texts))
        elif following is not None:
            place = self.start(following.key.span)
            yield TextChange(place, place, "".join(f"{text}{self._line_end}{indent}" for text in texts))

    def _pair_in_block(self, pair: Pair, indent: str) -> str:
        key = yaml_flow(pair.key.text)
        one_line = f"{key}: {flow(pair.value)}"
        if not isinstance(pair.value, Mapping) or len(indent) + len(one_line) <= _WIDEST:
            return one_line
        inner = self._line_end + indent + "  "
        lines = [f"{yaml_flow(each.key.text)}: {flow(each.value)}" for each in pair.value.pairs]
        return f"{key}:{inner}{inner.join(lines)}"

    def _deleted(self, home: Mapping, pair: Pair) -> TextChange:
        start, end = self.start(pair.key.span), self._pair_end(pair)
        place = home.pairs.index(pair)
        following = home.pairs[place + 1] if place + 1 < len(home.pairs) else None
        line_start = self._line_starts[pair.key.span.line - 1]
        if not self._is_flow(home) and not self._text[line_start:start].strip():
            line_end = self._rest_of_line(end)
            after = _LINE_END.match(self._text, line_end)
            return TextChange(line_start, line_end if after is None else after.end(), "")
        if following is not None:
            end = self.start(following.key.span)
        elif place > 0:
            start = self._pair_end(home.pairs[place - 1])
        self._refuse_comments(start, end)
        return TextChange(start, end, "")

    def _rewritten(self, old: Tree, new: Tree) -> TextChange:
        start, end = self.start(old.span), self._true_end(old)
        anchor = _ANCHOR.match(self._text, start, end)
        start = start if anchor is None else anchor.end()
        self._refuse_comments(start, end)
        text = flow(new)
        column = start - max(each for each in self._line_starts if each <= start)
        is_block = isinstance(old, Mapping | Sequence) and not self._is_flow(old)
        if is_block and isinstance(new, Mapping) and column + len(text) > _WIDEST:
            lines = [f"{yaml_flow(each.key.text)}: {flow(each.value)}" for each in new.pairs]
            text = (self._line_end + " " * column).join(lines)
        gap = ""
        if start == end:  # a value that was left empty, with its colon or without
            gap = "" if self._text[:start].endswith(": ") else " " if self._text[start - 1] == ":" else ": "
        return TextChange(start, end, gap + text)

    def _refuse_comments(self, start: int, end: int) -> None:
        if _COMMENT.search(self._text[start:end]):
            raise NotInText

    def _is_flow(self, tree: Mapping | Sequence) -> bool:
        start = self.start(tree.span)
        anchor = _ANCHOR.match(self._text, start)
        return self._text[start if anchor is None else anchor.end()][:1] in "{["

    def _pair_end(self, pair: Pair) -> int:
        key_end = self.end(pair.key.span)
        alias = _ALIAS.match(self._text, key_end)
        if alias is not None:
            return alias.end()
        return max(key_end, self._true_end(pair.value))

    def _true_end(self, tree: Tree) -> int:
        """Where its last letter is: what YAML calls the end of a block comes after the comments below it."""
        if isinstance(tree, Mapping) and tree.pairs and not self._is_flow(tree):
            return self._pair_end(tree.pairs[-1])
        if isinstance(tree, Sequence) and tree.items and not self._is_flow(tree):
            return self._true_end(tree.items[-1])
        start, end = self.start(tree.span), self.end(tree.span)
        return start + len(self._text[start:end].rstrip())

    def _rest_of_line(self, place: int) -> int:
        """Where the line ends that this place is in, its comment included."""
        found = _LINE_END.search(self._text, place)
        return len(self._text) if found is None else found.start()


def _partners(old: Mapping, new: Mapping) -> list[Pair | None]:
    """For each new pair the old one that it comes from: of its key, of its value, or of its place."""
    found = [old.pair(pair.key.text) for pair in new.pairs]
    free = {id(pair) for pair in old.pairs} - {id(pair) for pair in found if pair is not None}
    for place, pair in enumerate(new.pairs):
        if found[place] is None:
            at_its_place = _after(old, found[place - 1] if place else None)
            candidates = (
                each for each in (*old.pairs, at_its_place) if each is not None and id(each) in free
            )
            found[place] = next(
                (each for each in candidates if each is at_its_place or _is_renamed(each, pair)), None
            )
            free -= {id(found[place])}
    return found


def _after(table: Mapping, pair: Pair | None) -> Pair | None:
    place = 0 if pair is None else table.pairs.index(pair) + 1
    return table.pairs[place] if place < len(table.pairs) else None


def _is_renamed(old: Pair, new: Pair) -> bool:
    return new.value.span == old.value.span
