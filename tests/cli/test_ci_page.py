"""The files of docs/ci.md are what CI systems read, and their commands run."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from command_line import run

from nettool.cli.output.exit_codes import ExitCode

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
FILES: dict[str, Any] = {
    name: yaml.safe_load(text)
    for name, text in re.findall(r"<!-- file: (\S+) -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
}
SOUND = "inputs: {image: [64]}\nnodes: {digit: {layer: Dense, units: 10}}\noutputs: [digit]\n"


def commands() -> list[str]:
    steps = FILES[".github/workflows/specs.yml"]["jobs"]["specs"]["steps"]
    lines = [step["run"] for step in steps if "run" in step] + FILES[".gitlab-ci.yml"]["specs"]["script"]
    return [line for line in lines if line.startswith("nettool ")]


def typed(command: str, folder: Path) -> list[str]:
    """The arguments as a shell gives them."""
    arguments: list[str] = []
    for word in shlex.split(command)[1:]:
        arguments += (
            sorted(str(path.relative_to(folder)) for path in folder.glob(word)) if "*" in word else [word]
        )
    return arguments


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "configs").mkdir()
    for name in ("one", "two"):
        (tmp_path / "configs" / f"{name}.yaml").write_text(SOUND)
    return tmp_path


def test_each_file_has_what_its_system_asks_for() -> None:
    assert set(FILES) == {".github/workflows/specs.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"}
    workflow = FILES[".github/workflows/specs.yml"]
    assert workflow[True] == ["push", "pull_request"], "YAML 1.1 reads `on` so"
    assert workflow["permissions"]["security-events"] == "write", "to upload SARIF"
    steps = workflow["jobs"]["specs"]["steps"]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    written = " ".join(step.get("run", "") for step in steps)
    assert all(
        step["with"]["sarif_file"] in written for step in steps if "sarif_file" in step.get("with", {})
    )
    job = FILES[".gitlab-ci.yml"]["specs"]
    assert all(f"--junit {name}" in " ".join(job["script"]) for name in job["artifacts"]["reports"]["junit"])


def test_the_hooks_have_the_keys_that_pre_commit_needs() -> None:
    (own,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (local,) = FILES[".pre-commit-config.yaml"]["repos"][0]["hooks"]
    for hook in (own, local):
        assert hook.keys() >= {"id", "name", "entry", "language", "files"}
        assert re.search(hook["files"], "configs/net.yaml")
        assert not re.search(hook["files"], ".github/workflows/specs.yml")


def test_the_hook_refuses_a_wrong_spec(folder: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    arguments = [*shlex.split(hook["entry"])[1:], "configs/one.yaml"]
    assert run(*arguments).code == 0
    (folder / "configs/one.yaml").write_text(SOUND.replace("units", "unit"))
    assert run(*arguments).code == 2


@pytest.mark.parametrize(
    "command",
    [pytest.param(each, marks=[pytest.mark.keras] if "--smoke" in each else []) for each in commands()],
)
def test_the_commands_run_and_write_their_reports(command: str, folder: Path) -> None:
    arguments = typed(command, folder)
    assert run(*arguments).code == 0
    for option in ("--junit", "--sarif"):
        if option in arguments:
            assert (folder / arguments[arguments.index(option) + 1]).stat().st_size > 0


def test_every_exit_status_is_explained() -> None:
    table = PAGE.partition("<!-- exit codes -->")[2].partition("<!-- end of exit codes -->")[0]
    rows = re.findall(r"^\| (\d+) \| ([a-z ]+) \|", table, re.MULTILINE)
    assert rows == [(str(int(each)), each.name.lower().replace("_", " ")) for each in ExitCode]
