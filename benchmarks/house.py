"""How the code is built, in numbers: files, functions, importers, circles, and the way of a spec.

    python benchmarks/house.py [--way SPEC]

Files and imports are read, not run; imports within functions count. With `--way` the spec is trained for one
step in a temporary folder, and the calls that leave `cli`, and those that leave `jobs`, are listed in order:
a way that goes down only leaves `cli` once.
"""

import argparse
import ast
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[1]
PACKAGE = "nettool"
SMALL = 60
"""Lines; a smaller file with one importer in its own folder is perhaps a part of that one."""


@dataclass(frozen=True, slots=True)
class File:
    """A Python file of the package, with the modules of the package that it imports anywhere."""

    module: str
    lines: int
    functions: Mapping[str, int]
    imports: frozenset[str]

    @property
    def folder(self) -> str:
        return self.module.rpartition(".")[0]


def files() -> dict[str, File]:
    """By module; the `__init__` of a folder counts only if it holds more than its docstring."""
    trees = {
        _module(path): (path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted((ROOT / PACKAGE).rglob("*.py"))
    }
    return {
        module: File(
            module,
            len(path.read_text(encoding="utf-8").splitlines()),
            dict(_functions(tree)),
            frozenset(_imports(tree, frozenset(trees))),
        )
        for module, (path, tree) in trees.items()
        if path.name != "__init__.py" or len(tree.body) > 1
    }


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _functions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{node.name}:{node.lineno}", (node.end_lineno or node.lineno) - node.lineno + 1


def _imports(tree: ast.AST, modules: frozenset[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module in modules:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from names & modules
            if names - modules:
                yield node.module


def importers(found: Mapping[str, File]) -> dict[str, set[str]]:
    """Who imports each file."""
    by: dict[str, set[str]] = defaultdict(set)
    for file in found.values():
        for module in file.imports:
            by[module].add(file.module)
    return by


def circle(found: Mapping[str, File]) -> list[str]:
    """Files each of which imports the next, the first one at the end again; empty where there are none."""
    try:
        TopologicalSorter({file.module: file.imports - {file.module} for file in found.values()}).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def ways(spec: Path) -> dict[str, list[str]]:
    """The calls that leave `cli`, and those that leave `jobs`, while a spec is trained for one step."""
    from nettool.cli.main import cli

    left: dict[str, list[str]] = {"cli": [], "jobs": []}

    def follow(frame: FrameType, event: str, _: object) -> None:
        if event != "call" or frame.f_back is None:
            return
        caller, called = _room(frame.f_back), _room(frame)
        if caller in left and called is not None and called != caller:
            steps = left[caller]
            if not steps or steps[-1] != called:
                steps.append(called)

    with tempfile.TemporaryDirectory() as folder:
        command = ["train", str(spec), "--limit-steps", "1", "--quiet", "--runs-dir", folder]
        sys.setprofile(follow)
        try:
            cli(command, standalone_mode=False)
        except SystemExit:
            pass
        finally:
            sys.setprofile(None)
    return left


def _room(frame: FrameType) -> str | None:
    name = str(frame.f_globals.get("__name__", ""))
    # Code of a module's own top level runs when it is imported, which is no step of the way.
    if not name.startswith(f"{PACKAGE}.") or frame.f_code.co_name == "<module>":
        return None
    return name.split(".")[1]


def main() -> None:
    """Print the numbers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--way", type=Path, metavar="SPEC")
    way = parser.parse_args().way
    found, by = files(), importers(files())
    lines = [file.lines for file in found.values()]
    largest = max(found.values(), key=lambda file: file.lines)
    functions = [
        (length, f"{file.module}.{name}")
        for file in found.values()
        for name, length in file.functions.items()
    ]
    single = [module for module in found if len(by[module]) == 1]
    small = [
        module
        for module in single
        if found[module].lines < SMALL and found[next(iter(by[module]))].folder == found[module].folder
    ]
    print(f"files                        {len(found):>6,}")
    print(f"lines                        {sum(lines):>6,}")
    print(f"median lines of a file       {statistics.median(lines):>6.0f}")
    print(f"largest file                 {largest.lines:>6,}  {largest.module}")
    print("longest function             {:>6,}  {}".format(*max(functions)))
    print(f"files with one importer      {len(single):>6,}  ({len(small)} of them small and beside it)")
    print(f"a circle of imports          {' → '.join(circle(found)) or 'none'}")
    rooms: dict[str, list[int]] = defaultdict(list)
    for file in found.values():
        rooms[".".join(file.module.split(".")[1:2])].append(file.lines)
    print("\nroom          files   lines  median")
    for room, counts in sorted(rooms.items()):
        print(f"{room:<12} {len(counts):>6,} {sum(counts):>7,} {statistics.median(counts):>7.0f}")
    if way is not None:
        for room, steps in ways(way).items():
            print(f"\n{room} calls: {' → '.join(steps)}")


if __name__ == "__main__":
    main()
