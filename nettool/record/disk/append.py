"""Text at the end of a file: all of it or, when the disk is full, nothing."""

import os
from contextlib import suppress
from pathlib import Path

from nettool.diagnostics.printable import utf_8


def append_text(path: Path, text: str, *, durably: bool = False) -> None:
    """Append UTF-8 text; `durably` waits until it is on the disk. Raises OSError, having appended nothing."""
    with path.open("ab", buffering=0) as file:
        before = file.tell()
        content = utf_8(text)
        try:
            while content:
                content = content[file.write(content) :]
            if durably:
                os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                file.truncate(before)
            raise
