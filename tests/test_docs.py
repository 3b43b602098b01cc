"""What the docs say of the program is what the program says of itself."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_SPECIFICATION = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
assert _SPECIFICATION is not None
assert _SPECIFICATION.loader is not None
generate = importlib.util.module_from_spec(_SPECIFICATION)
sys.modules["generate"] = generate
_SPECIFICATION.loader.exec_module(generate)


def test_the_reference_is_fresh() -> None:
    """If not: python docs/generate.py."""
    for name, text in generate.pages().items():
        assert (generate.FOLDER / name).read_text(encoding="utf-8") == text


def test_the_tables_of_keys_are_fresh() -> None:
    """If not: python docs/generate.py."""
    assert generate.LANGUAGE.read_text(encoding="utf-8") == generate.language()


def test_the_pages_of_the_lessons_are_fresh() -> None:
    """If not: python docs/generate.py."""
    pages = generate.lesson_pages()
    assert {path.name: path.read_text(encoding="utf-8") for path in generate.LESSONS.glob("*.md")} == pages


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`nettool (\w+)", readme)) == set(generate.cli.commands)


def test_the_readmes_misspelt_spec_gives_what_it_shows(tmp_path: Path) -> None:
    from nettool.diagnostics.diagnostic import SpecError
    from nettool.diagnostics.render import render
    from nettool.diagnostics.source import Source
    from nettool.front_end import load_source

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```\n(error\[.*?)```", readme, re.DOTALL)
    assert shown is not None
    spec = "inputs: {image: [64]}\nnodes:\n  digit: {layer: Dense, unit: 10}\noutputs: [digit]\n"
    with pytest.raises(SpecError) as caught:
        load_source(Source("broken.yaml", spec), "broken")
    assert shown[1].startswith(f"{render(caught.value.diagnostics[0])}\n\n1 error\n")


def test_the_readmes_spec_is_sound() -> None:
    from nettool.diagnostics.source import Source
    from nettool.front_end import load_source

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```yaml\n(.*?)```", readme, re.DOTALL)
    assert shown is not None
    plan, _ = load_source(Source("readme.yaml", shown[1]), "readme")
    assert plan.graph.parameter_count == 3_466


def test_links_lead_to_files_and_headings() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    headings = {page: set(map(_anchor, _headings(page))) for page in pages}
    lost = []
    for page in pages:
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            if "://" not in link and not (target.exists() and anchor in {"", *headings.get(target, ())}):
                lost.append(f"{page.name}: {link}")
    assert lost == []


def _headings(page: Path) -> list[str]:
    return re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)


def _anchor(heading: str) -> str:
    """What GitHub makes of a heading: small letters, no punctuation, hyphens for spaces."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


@pytest.mark.parametrize("page", ["docs/design.md", "CONTRIBUTING.md"])
def test_files_that_the_tour_names_are_there(page: str) -> None:
    named = re.findall(r"`((?:\w+/)+\w*(?:\.\w+)?)`", (ROOT / page).read_text(encoding="utf-8"))
    named = [name for name in named if "NTxxx" not in name and name != "plots/"]
    lost = [name for name in named if not ((ROOT / name).exists() or (ROOT / "nettool" / name).exists())]
    assert lost == []
