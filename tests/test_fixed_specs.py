"""What `validate --fix` makes of the broken specs: how many errors each has before and after, in one table.

After a change that is meant, write the table anew and read the difference:

    REWRITE_GOLDENS=1 pytest tests/test_fixed_specs.py && git diff tests/broken/fixed.tsv
"""

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from nettool.jobs.spec.fix import Fix, fix_spec
from nettool.spec.fix.advised_text import advised_text, advises

FOLDER = Path(__file__).parent / "broken"
TABLE = FOLDER / "fixed.tsv"


@pytest.fixture(scope="module")
def fixes(own_files: Path) -> dict[str, Fix]:
    before = Path.cwd()
    os.chdir(own_files)
    try:
        return {
            path.stem: fix_spec(Path(path.name), path.read_text(encoding="utf-8"))
            for path in sorted(FOLDER.glob("*.yaml"))
        }
    finally:
        os.chdir(before)


def test_as_many_errors_are_mended_as_the_table_says(fixes: dict[str, Fix]) -> None:
    broken = {name: fix for name, fix in fixes.items() if fix.before.errors}
    rows = [
        f"{name}\t{len(fix.before.errors)}\t{with_a_line(fix)}\t{len(fix.after.errors)}"
        for name, fix in broken.items()
    ]
    sound = sum(not fix.after.errors for fix in broken.values())
    errors = sum(len(fix.before.errors) for fix in broken.values())
    lines, mended = sum(map(with_a_line, broken.values())), sum(fix.count for fix in broken.values())
    text = "\n".join(
        [
            f"# {sound} of {len(broken)} specs are sound afterwards.",
            f"# The help of {lines} of {errors} errors names the line to write; {mended} errors are mended.",
            "spec\terrors\twith a line\tleft",
            *rows,
            "",
        ]
    )
    if os.environ.get("REWRITE_GOLDENS"):
        TABLE.write_text(text, encoding="utf-8")
    assert text == TABLE.read_text(encoding="utf-8")


def with_a_line(fix: Fix) -> int:
    return sum(advises(fix.before.source, each) for each in fix.before.errors)


def test_no_kind_of_error_is_new(fixes: dict[str, Fix]) -> None:
    for name, fix in fixes.items():
        kinds = [{each.code for each in checked.errors} for checked in (fix.before, fix.after)]
        assert kinds[1] <= kinds[0], name
        assert fix.is_any == (fix.count > 0), name


def test_no_comment_is_lost(fixes: dict[str, Fix]) -> None:
    for name, fix in fixes.items():
        comments = [Counter(re.findall(r" #.*|^#.*", each.source.text)) for each in (fix.before, fix.after)]
        assert not comments[0] - comments[1], name


def test_what_names_a_line_can_be_written(fixes: dict[str, Fix]) -> None:
    """As text, with the layout kept: whether the spec is better with it is another question."""
    unwritten = [
        (name, each.message, each.help)
        for name, fix in fixes.items()
        for each in fix.before.diagnostics
        if advises(fix.before.source, each) and advised_text(fix.before.source, [each]) is None
    ]
    assert unwritten == []
