"""The document → scopes: every block unrolled at each use, every copy counted, every name declared."""

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.suggest import counted, did_you_mean, listing
from nettool.graph.expand.literal_weights import literal_weights
from nettool.graph.expand.scope import Member, Scope
from nettool.graph.network import Group
from nettool.graph.options.option_values import option_values
from nettool.spec.document import Document
from nettool.spec.network.blocks import Block
from nettool.spec.network.entries import Entry
from nettool.spec.network.expressions import ExpressionError, evaluate, is_expression
from nettool.spec.yaml.located import Name
from nettool.spec.yaml.tree import Scalar, kind_name, plain

MOST_LEVELS = 50
"""Blocks within blocks."""
MOST_COPIES = 1_000
"""Copies that one `repeat` may ask for."""
FROZEN = "trainable"
"""What any use of a block or a model may say besides the block's own options."""
MOST_NODES = 100_000
"""Nodes that a spec may unroll to."""


class Declarations:
    """Builds the tree of scopes; knows the chain of blocks under way, so that no block unrolls for ever."""

    def __init__(self, document: Document, findings: Findings) -> None:
        self._document = document
        self._findings = findings
        self._chain: list[Name] = []
        self._node_count = 0
        self.is_full = False
        """Whether the spec would unroll to more nodes than any network has; it was then unrolled in part."""

    def top(self) -> Scope:
        """The scope of the spec itself, with all scopes inside it."""
        document = self._document
        names = tuple(entry.name for entry in document.inputs)
        scope = Scope("", None, document.entries, names, document.outputs or (), {})
        scope.inputs = {name.value: name.value for name in names}
        self._fill(scope)
        return scope

    def _fill(self, scope: Scope) -> None:
        for entry in scope.entries:
            if entry.name.value not in scope.members and entry.name.value not in scope.inputs:
                scope.members[entry.name.value] = self._member(scope, entry)

    def _member(self, scope: Scope, entry: Entry) -> Member:
        address = scope.inner(entry.name.value)
        numbered = entry.repeat is not None
        copies = self._copy_count(scope, entry)
        addresses = [f"{address}.{copy}" for copy in range(1, copies + 1)] if numbered else [address]
        self._counted(copies, entry)
        if self.is_full:
            return Member(entry, (), numbered)
        if entry.kind not in ("block", "model"):
            return Member(entry, tuple(addresses), numbered)
        if entry.values is not None:
            literal_weights(entry, None, self._findings)
        block = self._block(entry)
        if block is None:
            return Member(entry, (), numbered)
        before = self._findings.error_count
        values = self._block_values(scope, entry, block)
        if self._findings.error_count > before:
            return Member(entry, (), numbered)
        chained = self._chained(entry, block, copies)
        self._chain.append(block.name)
        places = [
            self._use(scope, entry, block, values, place) for place in addresses[: copies if chained else 1]
        ]
        self._chain.pop()
        return Member(entry, tuple(places), numbered)

    def _use(
        self, scope: Scope, entry: Entry, block: Block, values: dict[str, object], address: str
    ) -> Scope:
        groups = (*scope.groups, Group(address, block.name.value, block.is_model))
        inner = Scope(
            address, scope, block.entries, block.inputs, block.outputs, values, groups, entry, block
        )
        inner.model = inner if block.is_model else scope.model
        inner.is_frozen = scope.is_frozen or self._is_frozen(entry, block)
        # Every input has a meaning from the start; `expand` says which once all names are declared.
        inner.inputs = {name.value: "" for name in block.inputs}
        self._fill(inner)
        return inner

    def _block(self, entry: Entry) -> Block | None:
        name = entry.target
        if not entry.sound:
            return None
        kind = entry.kind
        legal = self._document.models if kind == "model" else self._document.blocks
        block = legal.get(name.value)
        if block is None:
            help_text = did_you_mean(name.value, legal) or (
                f"known here: {listing(legal)}" if legal else f"{kind}s are defined under `{kind}s:`"
            )
            message = f"there is no {kind} `{name.value}`"
            self._findings.add(Diagnostic("NT305", message, name.span, help=help_text))
            return None
        if block.name in self._chain:
            chain = [each.value for each in (*self._chain[self._chain.index(block.name) :], block.name)]
            self._findings.add(
                Diagnostic(
                    "NT306",
                    f"a {kind} cannot contain itself: " + " → ".join(f"`{each}`" for each in chain),
                    name.span,
                    help="for copies in a chain write `repeat: n` where the block is used",
                )
            )
            return None
        if len(self._chain) >= MOST_LEVELS:
            message = f"blocks within blocks, more than {MOST_LEVELS} levels deep"
            self._findings.add(Diagnostic("NT309", message, name.span))
            return None
        return block if block.sound else None

    def _block_values(self, scope: Scope, entry: Entry, block: Block) -> dict[str, object]:
        given = option_values(entry.options, scope.values, self._findings)
        for key, option in entry.options.items():
            if key not in block.options and key != FROZEN:
                kind = "model" if block.is_model else "block"
                self._findings.add(
                    Diagnostic(
                        "NT212",
                        f"the {kind} `{block.name.value}` has no option `{key}`",
                        option.name.span,
                        labels=(Label(block.name.span, f"the {kind}"),),
                        help=did_you_mean(key, block.options)
                        or (f"its options are {listing(block.options)}" if block.options else "it has none"),
                    )
                )
        values: dict[str, object] = {}
        for key, option in block.options.items():
            default = plain(option.value)
            values[key] = given.get(key, default) if key in entry.options else default
            if default is None and key not in entry.options:
                self._findings.add(
                    Diagnostic(
                        "NT213",
                        f"`{entry.name.value}` does not say `{key}`",
                        entry.name.span,
                        labels=(Label(option.name.span, "without a default, so each use must say it"),),
                    )
                )
        return values

    def _is_frozen(self, entry: Entry, block: Block) -> bool:
        """Whether a use says `trainable: false`: it then holds for all layers of the block."""
        option = entry.options.get(FROZEN)
        if option is None or FROZEN in block.options:
            return False
        value = plain(option.value)
        if not isinstance(value, bool):
            message = f"`{FROZEN}` must be true or false, not {kind_name(option.value)}"
            self._findings.add(Diagnostic("NT205", message, option.value.span))
        return value is False

    def _chained(self, entry: Entry, block: Block, copies: int) -> bool:
        if copies == 1 or (len(block.inputs) == 1 and len(block.outputs) == 1):
            return True
        self._findings.add(
            Diagnostic(
                "NT308",
                f"copies of `{block.name.value}` cannot be chained: it has "
                f"{counted(len(block.inputs), 'input')} and {counted(len(block.outputs), 'output')}",
                entry.repeat.span if entry.repeat is not None else entry.name.span,
                help="`repeat` hands the one output of a copy to the one input of the next",
            )
        )
        return False

    def _copy_count(self, scope: Scope, entry: Entry) -> int:
        tree = entry.repeat
        if tree is None:
            return 1
        value: object = plain(tree)
        try:
            if isinstance(tree, Scalar) and isinstance(value, str) and is_expression(value):
                value = evaluate(value, scope.values)
        except ExpressionError as error:
            self._findings.add(Diagnostic("NT215", error.message, tree.span, help=error.advice))
            return 1
        if type(value) is int and 1 <= value <= MOST_COPIES:
            return value
        shown = kind_name(tree) if value == plain(tree) else f"{value}"
        message = f"`repeat` must be a whole number from 1 to {MOST_COPIES:,}, not {shown}"
        self._findings.add(Diagnostic("NT205", message, tree.span))
        return 1

    def _counted(self, nodes: int, entry: Entry) -> None:
        self._node_count += nodes
        if self._node_count > MOST_NODES and not self.is_full:
            self.is_full = True
            message = f"the spec unrolls to more than {MOST_NODES:,} nodes"
            self._findings.add(Diagnostic("NT309", message, entry.name.span))
