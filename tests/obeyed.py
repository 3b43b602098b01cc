"""What a spec becomes when somebody does what the help text of a diagnostic says, and nothing else."""

from nettool.diagnostics.diagnostic import Diagnostic
from nettool.spec.fix.advised_text import advised_text


def obeyed(diagnostic: Diagnostic) -> str | None:
    """The text after the advice was followed; None where the help is not one of its fixed forms."""
    if diagnostic.span is None or diagnostic.code.startswith("NT10"):
        return None
    return advised_text(diagnostic.span.source, [diagnostic])
