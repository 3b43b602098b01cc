"""The files of data sets and how they stand against their published checksums, one a line."""

from collections.abc import Sequence

from nettool.data.builtin.verify import Checked

_STATE_WIDTH = len("unverified")


def checked_text(checked: Sequence[Checked]) -> str:
    """The state first, then the file, then what else is known."""
    return "\n".join(_line(each) for each in checked)


def _line(each: Checked) -> str:
    known = ", ".join(part for part in (each.checksum, each.note) if part)
    return f"{each.state:<{_STATE_WIDTH}}  {each.path}" + (f" ({known})" if known else "")
