"""A doubt as a diagnostic."""

from nettool.diagnostics.diagnostic import Diagnostic, Label, Severity
from nettool.diagnostics.source import Span


def warning(
    code: str, message: str, span: Span, label: str = "", labels: tuple[Label, ...] = (), advice: str = ""
) -> Diagnostic:
    """A warning; `advice` says what to do."""
    return Diagnostic(code, message, span, label, labels, help=advice or None, severity=Severity.WARNING)
