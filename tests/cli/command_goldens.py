"""What commands print, kept as files and compared whole.

After a change that is meant, write them anew and read the difference before committing it:

    REWRITE_GOLDENS=1 pytest tests/cli && git diff tests/cli/golden
"""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def assert_printed(name: str, text: str) -> None:
    path = FOLDER / name
    if os.environ.get("REWRITE_GOLDENS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"there is no {name} yet: see {Path(__file__).name}"
    assert text == path.read_text(encoding="utf-8")
