"""What a newcomer installs is what was tested: every package that the set-up brings is pinned."""

import re
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]


def pinned() -> set[str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    requirements = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert all(str(requirement.specifier).startswith("==") for requirement in requirements)
    return {canonicalize_name(requirement.name) for requirement in requirements}


def brought_by(requirement: Requirement, seen: set[tuple[str, str]]) -> set[str]:
    """The names of all packages that one requirement installs, itself included."""
    names = {canonicalize_name(requirement.name)}
    for extra in {"", *requirement.extras}:
        if (key := (canonicalize_name(requirement.name), extra)) in seen:
            continue
        seen.add(key)
        try:
            lines = requires(requirement.name) or []
        except PackageNotFoundError:
            continue
        for needed in map(Requirement, lines):
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                names |= brought_by(needed, seen)
    return names


def test_every_package_is_pinned() -> None:
    brought = brought_by(Requirement("nettool[dev]"), set()) - {"nettool"}
    assert {"tensorflow", "keras", "pyyaml", "pytest", "jax", "protobuf"} <= brought
    assert brought <= pinned()


def test_the_commands_of_the_readme_install_what_is_pinned() -> None:
    commands = re.findall(
        r"^.*pip install.*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    installing = [command for command in commands if command.startswith("python3 -m venv")]
    assert len(installing) == 2
    assert all("-c constraints.txt" in command for command in installing)
