"""A stranger's repository: its commit is read, and nothing that it names is run."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from nettool.record.files.commit import Commit, commit_of


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(folder), "-c", "protocol.file.allow=always", *identity, *arguments]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.strip()


def a_repository(folder: Path) -> str:
    """One file, committed; the commit's hash."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet")
    (folder / "spec.yaml").write_text("a: 1\n")
    (folder / ".gitattributes").write_text("*.yaml filter=evil diff=evil merge=evil\n")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "first")
    return git(folder, "rev-parse", "HEAD")


def poison(repository: Path, program: Path) -> None:
    """Let the repository's configuration name the program wherever git would run one."""
    program.write_text(f"#!/bin/sh\ntouch {program.parent}/ran-$$\nexec cat\n")
    program.chmod(0o755)
    folder = Path(git(repository, "rev-parse", "--absolute-git-dir"))
    lines = [
        "[core]",
        *(
            f"{key} = {program}"
            for key in ("fsmonitor", "pager", "editor", "sshCommand", "gitProxy", "askPass")
        ),
        f"hooksPath = {program.parent}",
        "[diff]",
        f"external = {program}",
        *('[filter "evil"]', f"clean = {program}", f"smudge = {program}", f"process = {program}"),
        "required = true",
        *('[diff "evil"]', f"textconv = {program}", f"command = {program}"),
        *("[alias]", f"status = !{program}", f"rev-parse = !{program}", f"config = !{program}"),
        *("[pager]", f"status = {program}", f"config = {program}", "[credential]", f"helper = {program}"),
        *("[gpg]", f"program = {program}", "[trace2]", f"eventTarget = af_unix:{program}"),
    ]
    with (folder / "config").open("a") as file:
        file.write("\n".join(lines) + "\n")
    for hook in ("post-index-change", "fsmonitor-watchman", "pre-commit", "reference-transaction"):
        (program.parent / hook).symlink_to(program)


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Path]:
    """A program that leaves a file behind when it is run; by the end of the test it was not."""
    folder = tmp_path / "programs"
    folder.mkdir()
    yield folder / "evil"
    assert not list(folder.glob("ran-*")), "a program that the repository names was run"


def test_the_program_would_be_run_by_git_itself(tmp_path: Path) -> None:
    """Or the tests below would show nothing."""
    (tmp_path / "programs").mkdir()
    a_repository(tmp_path / "here")
    poison(tmp_path / "here", tmp_path / "programs" / "evil")
    subprocess.run(["git", "-C", str(tmp_path / "here"), "status"], capture_output=True, check=False)
    assert list((tmp_path / "programs").glob("ran-*"))


@pytest.mark.parametrize("content", ["a: 1\n", "a: 2\n"])
def test_nothing_that_a_repository_names_is_run(tmp_path: Path, program: Path, content: str) -> None:
    head = a_repository(tmp_path / "here")
    poison(tmp_path / "here", program)
    spec = tmp_path / "here" / "spec.yaml"
    spec.write_text(content)
    os.utime(spec, (1, 1))  # so that git has to look into the file, through the filter
    assert commit_of(tmp_path / "here") == Commit(head, dirty=content != "a: 1\n")


def test_nothing_that_a_submodule_names_is_run(tmp_path: Path, program: Path) -> None:
    a_repository(tmp_path / "other")
    a_repository(tmp_path / "here")
    git(tmp_path / "here", "submodule", "--quiet", "add", str(tmp_path / "other"), "inner")
    git(tmp_path / "here", "commit", "--quiet", "-m", "second")
    poison(tmp_path / "here" / "inner", program)
    (tmp_path / "here" / "inner" / "spec.yaml").write_text("a: 2\n")
    found = commit_of(tmp_path / "here")
    assert found == Commit(git(tmp_path / "here", "rev-parse", "HEAD"), dirty=False)


def test_the_environment_names_no_other_repository_and_no_program(
    tmp_path: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = a_repository(tmp_path / "here")
    (tmp_path / "other").mkdir()
    git(tmp_path / "other", "init", "--quiet")
    poison(tmp_path / "here", program)
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_EDITOR", "GIT_ASKPASS"):
        monkeypatch.setenv(name, str(program))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(program))
    assert commit_of(tmp_path / "here") == Commit(head, dirty=False)


def test_a_worktree_and_what_is_staged_are_seen(tmp_path: Path) -> None:
    a_repository(tmp_path / "here")
    git(tmp_path / "here", "worktree", "add", "--quiet", str(tmp_path / "there"), "-b", "other")
    (tmp_path / "there" / "more.yaml").write_text("b: 1\n")
    assert commit_of(tmp_path / "there") == Commit(git(tmp_path / "there", "rev-parse", "HEAD"), dirty=False)
    git(tmp_path / "there", "add", "more.yaml")
    assert commit_of(tmp_path / "there") == Commit(git(tmp_path / "there", "rev-parse", "HEAD"), dirty=True)
    git(tmp_path / "there", "commit", "--quiet", "-m", "second")
    git(tmp_path / "there", "pack-refs", "--all")
    git(tmp_path / "there", "gc", "--quiet")
    found = commit_of(tmp_path / "there")
    assert found == Commit(git(tmp_path / "there", "rev-parse", "HEAD"), dirty=False)
    assert found != commit_of(tmp_path / "here")


def test_a_repository_of_longer_hashes_is_read_too(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--object-format=sha256")
    (tmp_path / "spec.yaml").write_text("a: 1\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "first")
    assert commit_of(tmp_path) == Commit(git(tmp_path, "rev-parse", "HEAD"), dirty=False)


def test_modes_that_the_file_system_does_not_keep_are_no_change(tmp_path: Path) -> None:
    head = a_repository(tmp_path)
    git(tmp_path, "config", "core.fileMode", "false")
    (tmp_path / "spec.yaml").chmod(0o755)
    assert commit_of(tmp_path) == Commit(head, dirty=False)
