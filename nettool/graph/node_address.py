"""What the user calls a node on the command line → its address: names mean what they mean in `outputs`."""

from nettool.diagnostics.diagnostic import Findings
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import did_you_mean
from nettool.graph.expand.calls import expand
from nettool.graph.plan import Plan
from nettool.spec.yaml.located import Located


def node_address(plan: Plan, name: str) -> str:
    """The address of the node that `name` means: `res` is the output of its last copy.

    An address inside a ready-made network may be one that the graph has no node for. Raises ValueError, in
    the user's words, when nothing is called so.
    """
    known = plan.graph.by_name
    if name in known:
        return name
    findings = Findings()
    expansion = expand(plan.document, frozenset(), findings)
    written = Located(name, Span(plan.document.source, 1, 1, 1, 1))
    address = expansion.references.address(expansion.top, written)
    if address is None:
        found = findings.in_file_order()[0]
        advice = did_you_mean(name, known) or found.help
        raise ValueError(found.message + ("" if advice is None else f"; {advice}"))
    is_inner = any(node.application and address.startswith(f"{node.name}.") for node in plan.graph.nodes)
    if address not in known and not is_inner:
        raise ValueError(f"`{name}` leads to no output, so it is no part of the network")
    return address
