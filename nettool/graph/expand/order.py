"""An order in which the calls can be computed, as near to the file's as that allows; cycles are shown."""

import heapq
from collections import defaultdict
from collections.abc import Sequence

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.graph.expand.calls import Call

_LONGEST_CYCLE = 12
"""Nodes of a cycle that are all named."""


def in_computing_order(calls: Sequence[Call], findings: Findings) -> tuple[Call, ...]:
    """The calls sorted so that each comes after what feeds it; ties in the order of the file.

    Calls on a cycle (and those that wait for them) are left out, and each cycle is reported once.
    Linear in calls and connections but for the heap (Kahn 1962).
    """
    position = {call.name: index for index, call in enumerate(calls)}
    consumers: dict[int, list[int]] = defaultdict(list)
    waiting = [0] * len(calls)
    for index, call in enumerate(calls):
        for source in call.sources:
            if source in position:
                consumers[position[source]].append(index)
                waiting[index] += 1
    ready = [index for index, count in enumerate(waiting) if count == 0]
    heapq.heapify(ready)
    ordered: list[Call] = []
    while ready:
        index = heapq.heappop(ready)
        ordered.append(calls[index])
        for consumer in consumers[index]:
            waiting[consumer] -= 1
            if waiting[consumer] == 0:
                heapq.heappush(ready, consumer)
    if len(ordered) < len(calls):
        left = {calls[index].name: calls[index] for index, count in enumerate(waiting) if count}
        _report_cycles(left, findings)
    return tuple(ordered)


def _report_cycles(left: dict[str, Call], findings: Findings) -> None:
    seen: set[str] = set()
    for name in left:
        path: list[str] = []
        while name not in seen:
            seen.add(name)
            path.append(name)
            name = next(source for source in left[name].sources if source in left)
        if name in path:
            findings.add(_cycle(path[path.index(name) :], left))


def _cycle(backwards: list[str], left: dict[str, Call]) -> Diagnostic:
    """`backwards` goes from each call to what feeds it."""
    first = min(range(len(backwards)), key=lambda i: _place(left[backwards[i]]))
    along = [*backwards[first::-1], *backwards[:first:-1]]
    shown = along if len(along) <= _LONGEST_CYCLE else [*along[:3], "…", *along[-3:]]
    path = " → ".join(name if name == "…" else f"`{name}`" for name in [*shown, along[0]])
    call = left[along[0]]
    feeding = along[-1]
    sources = zip(call.sources, call.references, strict=False)
    span = next((name.span for source, name in sources if source == feeding), call.entry.name.span)
    return Diagnostic(
        "NT310",
        f"a cycle: {path}",
        span,
        "this closes it",
        help="data flows one way: feed one of them from something earlier",
    )


def _place(call: Call) -> tuple[int, int]:
    return call.entry.name.span.line, call.entry.name.span.column
