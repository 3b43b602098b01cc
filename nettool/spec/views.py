"""`views:` → sub-models: what each takes and gives."""

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.spec.document import ViewEntry
from nettool.spec.known_keys import known_keys
from nettool.spec.tree import Tree
from nettool.spec.values import mapping, names, new_name

VIEW_KEYS = ("inputs", "outputs")


def read_views(tree: Tree, findings: Findings) -> tuple[ViewEntry, ...]:
    """The sub-models, in the order of the file."""
    table = mapping(tree, "views", findings)
    if table is None:
        return ()
    found: list[ViewEntry] = []
    for pair in table.pairs:
        name = new_name(pair.key, "a view", findings)
        body = mapping(pair.value, name.value, findings)
        keys = {} if body is None else known_keys(body, VIEW_KEYS, f"the view `{name.value}`", findings)
        for needed in VIEW_KEYS if body is not None else ():
            if needed not in keys:
                example = f"for example `{name.value}: {{inputs: [image], outputs: [code]}}`"
                message = f"the view `{name.value}` has no `{needed}`"
                findings.add(Diagnostic("NT202", message, name.span, help=example))
        inputs = names(keys["inputs"].value, "inputs", findings) if "inputs" in keys else None
        outputs = names(keys["outputs"].value, "outputs", findings) if "outputs" in keys else None
        if inputs is not None and outputs is not None:
            found.append(ViewEntry(name, inputs, outputs))
    return tuple(found)
