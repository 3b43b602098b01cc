"""No line of a command is wider than the terminal, for any spec of the gallery; piped, nothing is left out."""

import contextlib
import io
from pathlib import Path

import pytest
from command_goldens import assert_printed
from command_line import guarded, run
from small_runs import write_run

from nettool.cli.main import cli
from nettool.data.builtin.catalogue import DATA_SETS

CONFIGS = Path(__file__).parents[2] / "configs"
GALLERY = sorted(each.name for each in CONFIGS.glob("*.yaml") if not each.name.startswith("custom"))
WIDTHS = (80, 160)
PAGES = (
    ["layers"],
    ["layers", "Conv2D"],
    ["explain"],
    ["explain", "NT311"],
    ["new", "--list"],
    ["data", "list"],
    ["data", "info", "digits"],
    ["data", "info", "configs/multi_input.yaml"],
    ["summary", "configs/digits_cnn.yaml"],
    ["summary", "configs/multi_output.yaml"],
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_a_terminal(width: int, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    with contextlib.redirect_stdout(Terminal()) as out:
        code = guarded(lambda: cli.main(arguments, prog_name="nettool", standalone_mode=False))
    assert code == 0
    return out.getvalue()


def widest(text: str) -> str:
    return max(text.splitlines(), key=len)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("spec", GALLERY)
def test_what_is_said_of_a_spec_fits(spec: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CONFIGS.parent)
    path = f"configs/{spec}"
    commands = [["summary", path], ["summary", path, "--expanded"], ["validate", path]]
    if "\ndata:" in (CONFIGS / spec).read_text(encoding="utf-8"):
        commands.append(["data", "info", path])
    for command in commands:
        line = widest(on_a_terminal(width, command, monkeypatch))
        assert len(line) <= width, (command, line)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", PAGES, ids=" ".join)
def test_pages_fit(page: list[str], width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CONFIGS.parent)
    shown = on_a_terminal(width, page, monkeypatch)
    if page != ["data", "list"]:  # which says what lies on the machine
        assert_printed(f"page_{'_'.join(Path(word).stem for word in page)}_{width}.txt", shown)
    assert len(widest(shown)) <= width, widest(shown)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_data_set_fits(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in DATA_SETS:
        shown = on_a_terminal(width, ["data", "info", name], monkeypatch)
        lines = [line for line in shown.splitlines() if not line.startswith("https://")]  # copied whole
        assert max(map(len, lines)) <= width, lines


@pytest.mark.parametrize("width", WIDTHS)
def test_many_runs_beside_each_other(width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["digits_mlp", "wide_network_with_a_long_name", "c", "d", "e", "f", "g", "h"]
    for name in names:
        write_run(Path("runs"), name=name)
    for command in (["runs"], ["compare", *names], ["compare", "c", names[1]]):
        shown = on_a_terminal(width, command, monkeypatch)
        assert_printed(f"wide_{command[0]}_{len(command) - 1}_{width}.txt", shown)
        assert len(widest(shown)) <= width, widest(shown)


def test_a_pipe_gets_whole_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = str(CONFIGS / "merges.yaml")
    assert "…" in on_a_terminal(60, ["summary", spec], monkeypatch)
    assert "…" not in run("summary", spec).out
    assert on_a_terminal(60, ["summary", spec, "--wide"], monkeypatch) == run("summary", spec).out
