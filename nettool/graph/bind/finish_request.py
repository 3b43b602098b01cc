"""What of a data request is known only once its fields are bound: what is normalized, which images change."""

from collections.abc import Iterable
from dataclasses import replace

from nettool.data.field import Field
from nettool.data.request import DataRequest
from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.graph.bind.binding import Binding
from nettool.graph.data_section.check_augment import check_images
from nettool.spec.data.section import DataSection

_NEVER_NORMALIZED = ("label", "sequence")


def finish_request(
    request: DataRequest, section: DataSection, binding: Binding, findings: Findings
) -> DataRequest:
    """The request with `normalize: standard` and the like spelt out for the fields that feed the network."""
    fed = tuple(dict.fromkeys(binding.field(each.field) for each in binding.inputs))
    check_images(section.augment, fed, findings)
    for entry in section.normalize:
        if entry.field is None:
            names = list(_normalizable(fed))
            if not names and entry.mode.value != "none":
                message = f"`normalize: {entry.mode.value}` has nothing to do: no numbers feed the network"
                help_text = "labels and sequences are never normalized"
                findings.add(Diagnostic("NT503", message, entry.mode.span, help=help_text))
            request = replace(request, normalize=dict.fromkeys(names, entry.mode.value))
    return request


def _normalizable(fields: Iterable[Field]) -> Iterable[str]:
    return (field.name for field in fields if field.kind not in _NEVER_NORMALIZED)
