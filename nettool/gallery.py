"""The gallery: the specs that come with the program, to be read and to start new ones from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nettool.diagnostics.diagnostic import Findings
from nettool.diagnostics.source import Source
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.tree import Mapping, plain

_PACKAGE = Path(__file__).parent
_NAME_LINE = re.compile(r"^name:.*?(?=[ \t]*(?:#.*)?$)", re.MULTILINE)
_FIRST_KEY = re.compile(r"^[^#\s]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Template:
    """A gallery file: its name, and the first line of what it says of itself."""

    name: str
    path: Path
    about: str


def gallery_folder() -> Path:
    """Where the gallery is: within the installed package, or beside it in a working copy."""
    installed = _PACKAGE / "configs"
    return installed if installed.is_dir() else _PACKAGE.parent / "configs"


def template_names() -> list[str]:
    """The names of all templates, without reading them."""
    return sorted(path.stem for path in gallery_folder().glob("*.yaml"))


def templates() -> tuple[Template, ...]:
    """All templates in the order of their names."""
    return tuple(template(name) for name in template_names())


def template(name: str) -> Template:
    """The template of that name; raises OSError when it cannot be read."""
    path = gallery_folder() / f"{name}.yaml"
    with path.open(encoding="utf-8") as lines:
        first = next(lines, "")
    return Template(name, path, first.removeprefix("#").strip() if first.startswith("#") else "")


def companions(text: str) -> tuple[str, ...]:
    """The files that a spec brings along (blocks it includes, code, data), relative to its folder."""
    tree = parse(Source("template", text), Findings())
    if not isinstance(tree, Mapping):
        return ()
    data = tree.get("data")
    named = [tree.get("include"), tree.get("python")]
    if isinstance(data, Mapping):
        from nettool.spec.data.origins.own_origins import path_origins

        named += [data.get(name) for name in path_origins()]
    return tuple(name for each in named if each is not None for name in _names(plain(each)))


def _names(written: object) -> Iterator[str]:
    """One name, a list of them, or names by part and field."""
    if not isinstance(written, dict | list):
        yield str(written)
        return
    for each in written.values() if isinstance(written, dict) else written:
        yield from _names(each)


def renamed(text: str, name: str) -> str:
    """The text of a spec with another `name`; nothing else is changed."""
    line = f"name: {name}"
    if _NAME_LINE.search(text):
        return _NAME_LINE.sub(line, text, count=1)
    return _FIRST_KEY.sub(lambda match: f"{line}\n{match[0]}", text, count=1)
