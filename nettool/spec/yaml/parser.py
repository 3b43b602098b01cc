"""YAML text → located tree: strict, bounded, and without PyYAML's surprises."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

import yaml

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.source import Source, Span
from nettool.spec.yaml.meant import spaced
from nettool.spec.yaml.messages import DEEPEST, no_space, too_deep
from nettool.spec.yaml.messages import diagnostic as yaml_diagnostic
from nettool.spec.yaml.scalars import resolve
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Sequence, Tree
from nettool.spec.yaml.tuples import is_empty, is_number, is_open, is_plain, joined

MOST_VALUES = 300_000
"""Values that a file may hold, aliases counted as often as they are used."""
LONGEST_KEY = 1_000
"""Letters of a key: it stands in full in what is said of it."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Stopped(Exception):
    """Reading cannot go on; carries the one diagnostic that says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def parse(source: Source, findings: Findings) -> Tree | None:
    """The tree of a text that holds one YAML document; None when it cannot be read (the findings say why)."""
    try:
        return _Parser(source, findings).document()
    except _Stopped as stopped:
        findings.add(stopped.diagnostic)
    except yaml.YAMLError as error:
        findings.add(yaml_diagnostic(error, source))
    return None


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an alias stands for, with how many values it holds and how many levels."""

    tree: Tree
    size: int
    height: int


class _Parser:
    """Turns PyYAML's events into a tree, one recursive step per level (the depth is bounded)."""

    def __init__(self, source: Source, findings: Findings) -> None:
        self._source = source
        self._findings = findings
        self._next_event: Callable[[], yaml.Event] = _Loader(source.text).get_event
        self._anchors: dict[str, _Anchored] = {}
        self._count = 0
        self._deepest = 0
        self._is_damaged = False
        self._is_free = False

    def document(self) -> Tree | None:
        self._next_event()
        start = self._next_event()
        if isinstance(start, yaml.StreamEndEvent):
            return None
        tree = self._value(self._next_event(), 0)
        if self._is_damaged:
            return None
        self._next_event()
        extra = self._next_event()
        if not isinstance(extra, yaml.StreamEndEvent):
            self._stop(
                "NT107", "a spec is one YAML document, and a second one starts here", self._span(extra)
            )
        return tree

    def _value(self, event: yaml.Event, depth: int) -> Tree:
        if (
            isinstance(event, yaml.ScalarEvent)
            and event.tag is None
            and event.anchor is None
            and depth <= DEEPEST
            and self._count < MOST_VALUES
        ):
            # Nearly every value is one of these: none of the steps below has anything to do.
            self._count += 1
            if depth > self._deepest:
                self._deepest = depth
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, depth)
        before = self._count
        deepest_before, self._deepest = self._deepest, depth
        self._counted(1, event)
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            raise TypeError(f"a value cannot begin with {event}")
        if event.tag is not None and not (isinstance(event, yaml.ScalarEvent) and event.tag == "!"):
            self._is_damaged = True
            self._findings.add(
                Diagnostic(
                    "NT105",
                    f"tags such as `{_shown(event.tag)}` are not read",
                    self._span(event),
                    help="write the value without its tag: nothing in a spec needs one",
                )
            )
        if depth > DEEPEST:
            raise _Stopped(too_deep(self._span(event)))
        tree: Tree
        if isinstance(event, yaml.ScalarEvent):
            tree = self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            tree = self._sequence(event, depth)
        else:
            tree = self._mapping(event, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(tree, self._count - before, self._deepest - depth)
        self._deepest = max(self._deepest, deepest_before)
        return tree

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        text = event.value
        return Scalar(resolve(text) if event.implicit[0] else text, text, self._span(event))

    def _alias(self, event: yaml.AliasEvent, depth: int) -> Tree:
        name = event.anchor or ""
        found = self._anchors.get(name)
        if found is None:
            self._stop("NT108", f"no anchor `&{_shown(name)}` stands before this", self._span(event))
        self._counted(found.size, event)
        self._deepest = max(self._deepest, depth + found.height)
        if self._deepest > DEEPEST:
            raise _Stopped(too_deep(self._span(event)))
        return found.tree

    def _sequence(self, start: yaml.Event, depth: int) -> Sequence:
        items: list[Tree] = []
        while not isinstance(event := self._next_event(), yaml.SequenceEndEvent):
            item = self._value(event, depth + 1)
            before = items[-1] if items else None
            if is_open(before) and isinstance(item, Scalar) and is_number(item):
                items[-1] = joined(before, item)
            else:
                items.append(item)
        return Sequence(tuple(items), self._span(start, event))

    def _mapping(self, start: yaml.Event, depth: int) -> Mapping:
        pairs: dict[str, Pair] = {}
        in_braces = bool(getattr(start, "flow_style", False))
        last: Pair | None = None
        while not isinstance(event := self._next_event(), yaml.MappingEndEvent):
            key = self._value(event, depth + 1)
            if depth == 0:
                self._is_free = isinstance(key, Scalar) and key.text == "meta"
            value = self._value(self._next_event(), depth + 1)
            if isinstance(key, Scalar) and in_braces and is_empty(value) and not self._is_free:
                if last is not None and is_open(last.value):
                    last = pairs[last.key.text] = Pair(last.key, joined(last.value, key))
                    continue
                key, value = self._spaced(key, value)
            elif isinstance(key, Scalar) and (":{" in key.text or ":[" in key.text) and not self._is_free:
                self._stop_unspaced(key)
            if not isinstance(key, Scalar):
                self._is_damaged = True
                self._findings.add(
                    Diagnostic("NT104", "a key must be one word, not a list or a mapping", key.span)
                )
            elif len(key.text) > LONGEST_KEY:
                self._stop("NT104", f"a key of more than {LONGEST_KEY:,} letters", key.span)
            elif key.text == "<<":
                self._is_damaged = True
                self._findings.add(
                    Diagnostic(
                        "NT104",
                        "`<<` does not merge mappings here",
                        key.span,
                        help="YAML 1.2 has no merge key; use a block with options instead",
                    )
                )
            elif key.text in pairs:
                self._duplicate(key, pairs[key.text].key)
            else:
                last = pairs[key.text] = Pair(key, value)
        return Mapping(tuple(pairs.values()), self._span(start, event))

    def _spaced(self, key: Scalar, value: Tree) -> tuple[Scalar, Tree]:
        """A key such as `units:10` as the key and the value that were meant, and reported."""
        with_space = spaced(key.text) if is_plain(key) else None
        if with_space is None:
            return key, value
        self._findings.add(no_space(key.span, with_space))
        name, _, rest = with_space.partition(": ")
        start = key.span.column
        middle = start + len(name)
        return (
            Scalar(name, name, key.span._replace(end_column=middle)),
            Scalar(resolve(rest), rest, key.span._replace(column=middle + 1)),
        )

    def _stop_unspaced(self, key: Scalar) -> None:
        """End at a line such as `digit:{layer: Flatten}`, in which YAML takes `digit:{layer` for the key."""
        line = self._source.lines()[key.span.line - 1].partition(" #")[0].rstrip()
        with_space = spaced(line[key.span.column - 1 :]) if is_plain(key) else None
        if with_space is not None:
            raise _Stopped(no_space(key.span._replace(end_column=len(line) + 1), with_space))

    def _duplicate(self, key: Scalar, first: Scalar) -> None:
        name = _shown(key.text)
        self._findings.add(
            Diagnostic(
                "NT103",
                f"`{name}` stands twice in one mapping",
                key.span,
                "again here",
                (Label(first.span, "first here"),),
                help="rename one of them or delete it: many YAML readers keep only one and do not say so",
            )
        )

    def _counted(self, values: int, event: yaml.Event) -> None:
        self._count += values
        if self._count > MOST_VALUES:
            self._stop(
                "NT106", f"more than {MOST_VALUES:,} values, aliases counted in full", self._span(event)
            )

    def _span(self, start: yaml.Event, end: yaml.Event | None = None) -> Span:
        first = start.start_mark
        last = start.end_mark if end is None else end.end_mark
        if first is None or last is None:
            raise TypeError(f"{start} has no place")
        return Span(self._source, first.line + 1, first.column + 1, last.line + 1, last.column + 1)

    def _stop(self, code: str, message: str, span: Span) -> NoReturn:
        raise _Stopped(Diagnostic(code, message, span))


def _shown(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
