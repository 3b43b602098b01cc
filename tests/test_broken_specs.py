"""Broken and doubtful specs and what is said about them, word for word: one golden per file in tests/broken/.

After a change that is meant, write them anew and read the difference before committing it:

    REWRITE_GOLDENS=1 pytest tests/test_broken_specs.py && git diff tests/broken
"""

import os
import re
from pathlib import Path

import pytest

from nettool.diagnostics.codes import FAMILIES, codes
from nettool.diagnostics.diagnostic import Diagnostic, Severity, SpecError
from nettool.diagnostics.render import render_all
from nettool.diagnostics.source import Source
from nettool.front_end import load_source

FOLDER = Path(__file__).parent / "broken"
SPECS = sorted(FOLDER.glob("*.yaml"))
WARNINGS = {
    code for code in codes() if code.startswith(("NT33", "NT409", "NT41", "NT425", "NT509", "NT608", "NT609"))
}
NOT_FROM_A_FILE = {
    "NT100": "there is no text to read: tests/spec/test_source_file.py",
    "NT603": "a spec without it is sound: tests/cli/test_train.py",
    "NT701": "only Keras can say it: tests/engine",
    "NT702": "when the spec is to be built: tests/cli/test_user_code.py",
    "NT901": "on the command line: tests/spec/test_overrides.py",
    "NT902": "on the command line: tests/spec/test_overrides.py",
}


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_a_broken_spec_is_told(path: Path, own_files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(own_files)
    diagnostics = told(path)
    text = render_all(diagnostics).replace(f"{own_files}/", "/home/ada/") + "\n"
    golden = path.with_suffix(".txt")
    if os.environ.get("REWRITE_GOLDENS"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
    code = re.match(r"NT\d+", path.stem)
    assert code is None or code[0] in {found.code for found in diagnostics}
    assert diagnostics
    assert all(found.span is not None for found in diagnostics)
    assert all((found.severity is Severity.WARNING) == (found.code in WARNINGS) for found in diagnostics)


def told(path: Path) -> tuple[Diagnostic, ...]:
    """The mistakes in a spec; the warnings about a sound one."""
    source = Source(path.name, path.read_text(encoding="utf-8"))
    try:
        _, warnings = load_source(source, path.stem)
    except SpecError as error:
        return error.diagnostics
    return warnings


def test_every_code_has_a_broken_spec() -> None:
    shown = {path.stem.split("_")[0] for path in SPECS}
    assert codes().keys() - shown == NOT_FROM_A_FILE.keys()


def test_every_code_that_the_source_uses_is_listed() -> None:
    package = Path(__file__).parents[1] / "nettool"
    used = {
        code
        for path in package.rglob("*.py")
        if path.name != "codes.py"
        for code in re.findall(r'"(NT\d{3})"', path.read_text(encoding="utf-8"))
    }
    assert used == codes().keys()
    assert {code[2] for code in codes()} == FAMILIES.keys()
