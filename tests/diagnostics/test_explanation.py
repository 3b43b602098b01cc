"""The pages of the codes: each code has one, its example gives that code alone, and the mended one is sound."""

from pathlib import Path

import pytest

from nettool.diagnostics import explanation as module
from nettool.diagnostics.codes import codes
from nettool.diagnostics.diagnostic import Diagnostic, SpecError
from nettool.diagnostics.explanation import explanation, plain_page
from nettool.diagnostics.source import Source
from nettool.front_end import load_source

NOT_FROM_A_TEXT = {"NT100", "NT603", "NT701", "NT702", "NT901", "NT902"}


def told(spec: str) -> tuple[Diagnostic, ...]:
    try:
        return load_source(Source("spec.yaml", spec), "spec", folder=Path())[1]
    except SpecError as error:
        return error.diagnostics


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    pages = Path(module.__file__).with_name("pages")
    assert {path.name for path in pages.iterdir()} == {f"{code}.md" for code in codes()}


@pytest.mark.parametrize("code", codes())
def test_the_example_gives_its_code_alone_and_the_mended_one_nothing(code: str) -> None:
    page = explanation(code)
    assert (page.failing is None) == (code in NOT_FROM_A_TEXT)
    assert ("This code does not come from the text of a spec." in page.text) == (code in NOT_FROM_A_TEXT)
    if page.failing is not None and page.mended is not None:
        assert {found.code for found in told(page.failing)} == {code}
        assert told(page.mended) == ()


def test_a_page_is_plain_text() -> None:
    assert plain_page(explanation("NT402")) == (
        "NT402: an output named twice\n"
        "\n"
        "A node can be an output of the network only once.\n"
        "\n"
        "Example:\n"
        "\n"
        "    inputs: {image: [64]}\n"
        "    nodes:\n"
        "      digit: {layer: Dense, units: 10}\n"
        "    outputs: [digit, digit]\n"
        "\n"
        "Corrected:\n"
        "\n"
        "    inputs: {image: [64]}\n"
        "    nodes:\n"
        "      digit: {layer: Dense, units: 10}\n"
        "    outputs: [digit]"
    )


@pytest.mark.parametrize("code", codes())
def test_pages_fit_a_terminal(code: str) -> None:
    text = plain_page(explanation(code))
    assert "```" not in text
    assert all(len(line) <= 110 for line in text.split("\n"))
    assert all(letter.isprintable() or letter == "\n" for letter in text)
