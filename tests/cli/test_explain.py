"""`nettool explain`: a page for a code, all codes without one."""

import pytest
from command_line import run

from nettool.diagnostics.codes import codes
from nettool.diagnostics.explanation import explanation, plain_page


@pytest.mark.parametrize("written", ["NT311", "nt311", "Nt311"])
def test_a_code_in_any_case_shows_its_page(written: str) -> None:
    ended = run("explain", written)
    assert (ended.code, ended.out, ended.err) == (0, plain_page(explanation("NT311")) + "\n", "")


def test_without_a_code_all_are_listed_by_family() -> None:
    lines = run("explain").out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == list(codes())
    assert lines[:2] == ["reading the file", "  NT100  the file cannot be read"]


@pytest.mark.parametrize(
    ("written", "advice"), [("NT31", "did you mean `NT3"), ("sum", "`nettool explain` lists them")]
)
def test_an_unknown_code_ends_with_2_and_advice(written: str, advice: str) -> None:
    ended = run("explain", written)
    assert (ended.code, ended.out) == (2, "")
    assert f"there is no code `{written}`: {advice}" in ended.err
