"""Which nodes and inputs the outputs need: what they do not need would be missing from the network."""

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.graph.expand.calls import Call
from nettool.spec.document import Document


def only_used(
    document: Document, calls: tuple[Call, ...], outputs: tuple[str, ...], findings: Findings
) -> tuple[Call, ...]:
    """The calls that the outputs need; each dead end (not each node before it) and unused input is reported.

    A use of a model may leave some of the model's outputs alone: what only they need is left out quietly.
    """
    by_name = {call.name: call for call in calls}
    needed: set[str] = set()
    waiting = list(outputs)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            call = by_name.get(name)
            if call is not None:
                waiting += call.sources
    unused = [call for call in calls if call.name not in needed]
    fed = {source for call in unused for source in call.sources}
    for call in unused:
        is_in_model = any(group.is_model for group in call.groups)
        if call.name not in fed and not is_in_model:
            findings.add(
                Diagnostic(
                    "NT320",
                    f"`{call.name}` leads to no output",
                    call.entry.name.span,
                    help=f"add `{call.name}` to `outputs`, feed it to a node that leads to one, or delete it",
                )
            )
    for entry in document.inputs:
        name = entry.name.value
        if name not in needed and name not in fed:
            findings.add(
                Diagnostic(
                    "NT321",
                    f"the input `{name}` feeds nothing",
                    entry.name.span,
                    help=f"leave `{name}` out, or name it in the `from` of a node",
                )
            )
    return tuple(call for call in calls if call.name in needed)
