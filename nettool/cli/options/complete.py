"""What the shell may propose: specs, runs, paths into a spec, views, layers, templates, lessons, data sets.

Nothing here checks a spec or imports more than it needs: an answer comes before the next key is pressed.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from nettool.diagnostics.diagnostic import SpecError

if TYPE_CHECKING:  # every command imports this file, and few read YAML before they are asked to
    from nettool.graph.plan import Plan
    from nettool.spec.yaml.tree import Tree


def spec_files(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Spec files in the folder that is being typed, and one folder below."""
    found = [CompletionItem(path) for path in _spec_paths(incomplete)]
    return found or [CompletionItem(incomplete, type="file")]


def runs(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of runs below the runs folder; after a slash, the runs of that name."""
    return _beginning(_run_names(context.params.get("runs_dir") or Path("runs")), incomplete)


def specs_and_runs(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Both."""
    found = [CompletionItem(path) for path in _spec_paths(incomplete)]
    found += runs(context, parameter, incomplete)
    return found or [CompletionItem(incomplete, type="file")]


def override_paths(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Paths to the values of the spec that the command already names (`nodes.fc.units=`), and to other keys.

    The latter are those that a section could have besides, each with its meaning.
    """
    from nettool.spec.sections import paths_in

    tree = _spec(context)
    if tree is None:
        return []
    written = [f"{path}=" for path in _value_paths(tree, "")]
    meanings = {f"{path}=": key.meaning for path, key in paths_in(tree)}
    further = [
        path for path in meanings if not any(each.startswith((path, path[:-1] + ".")) for each in written)
    ]
    return _beginning([*written, *further], incomplete, meanings)


def views(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The views of the spec that the command already names."""
    from nettool.spec.yaml.tree import Mapping

    tree = _spec(context)
    section = tree.get("views") if isinstance(tree, Mapping) else None
    names = [pair.key.text for pair in section.pairs] if isinstance(section, Mapping) else []
    return _beginning(names, incomplete)


def layer_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The layers, each with what it does."""
    from nettool.layers.catalogue import catalogue

    meanings = {name: layer.meaning for name, layer in catalogue().items()}
    return _beginning(meanings, incomplete, meanings)


def template_names(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The gallery files, each with what it says of itself."""
    from nettool.gallery import templates

    abouts = {each.name: each.about for each in templates()}
    return _beginning(abouts, incomplete, abouts)


def lesson_numbers(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The lessons' numbers, each with its title."""
    from nettool.lessons.lesson import lessons

    titles = {str(each.number): each.title for each in lessons()}
    return _beginning(titles, incomplete, titles)


def data_sets(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The data sets, each with what it is."""
    from nettool.data.builtin.catalogue import DATA_SETS

    return _beginning(DATA_SETS, incomplete, {name: each.title for name, each in DATA_SETS.items()})


def data_sets_and_specs(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Both."""
    found = data_sets(context, parameter, incomplete)
    return found + [CompletionItem(path) for path in _spec_paths(incomplete)]


def diagnostic_codes(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The diagnostics' codes, each with its meaning."""
    from nettool.diagnostics.codes import codes

    return _beginning(codes(), incomplete, dict(codes()))


def run_nodes(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The addresses of all nodes of the run that the command already names."""
    plan = _run_plan(context)
    return [] if plan is None else _beginning((node.name for node in plan.graph.nodes), incomplete)


def run_views(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The views of that run."""
    plan = _run_plan(context)
    return [] if plan is None else _beginning(plan.views, incomplete)


def _beginning(
    names: Iterable[str], incomplete: str, meanings: dict[str, str] | None = None
) -> list[CompletionItem]:
    """The names that begin like what was typed, in upper or lower case; none that a terminal would obey."""
    typed = incomplete.lower()
    return [
        CompletionItem(name, help=None if meanings is None else meanings.get(name))
        for name in names
        if name.lower().startswith(typed) and name.isprintable()
    ]


def _spec_paths(incomplete: str) -> list[str]:
    folder, _, typed = incomplete.rpartition("/")
    start = f"{folder}/" if "/" in incomplete else ""
    here = [entry for entry in _entries(start or ".") if entry.name.startswith(typed)]
    found = [f"{start}{entry.name}" for entry in here if _is_spec(entry)]
    for entry in here:
        if entry.is_dir():
            below = f"{start}{entry.name}/"
            found += [f"{below}{inner.name}" for inner in _entries(below) if _is_spec(inner)]
    return found


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            shown = (each for each in entries if each.name[0] != "." and each.name.isprintable())
            return sorted(shown, key=lambda each: each.name)
    except OSError:
        return []


def _is_spec(entry: os.DirEntry[str]) -> bool:
    from nettool.spec.yaml.source_file import ENDINGS

    return entry.name.endswith(ENDINGS) and entry.is_file()


def _run_names(runs_dir: Path) -> Iterator[str]:
    """`latest`, each name, and each run of it."""
    names = [entry.name for entry in _entries(str(runs_dir)) if entry.is_dir()]
    if names:
        yield "latest"
    for name in names:
        yield name
        yield from (f"{name}/{each.name}" for each in _entries(str(runs_dir / name)) if each.is_dir())


def _spec(context: click.Context) -> "Tree | None":
    """The spec that the command line names so far, as YAML, sound or not."""
    from nettool.spec.yaml.source_file import ENDINGS, read_source

    said = [context.params.get("subject"), *(context.params.get("specs") or ()), *context.args]
    path = next((Path(each) for each in said if each and Path(each).suffix in ENDINGS), None)
    if path is None:
        return None
    from nettool.diagnostics.diagnostic import Findings
    from nettool.spec.yaml.parser import parse

    try:
        return parse(read_source(path), Findings())
    except SpecError:
        return None


def _run_plan(context: click.Context) -> "Plan | None":
    """The plan of the run that the command line names so far."""
    from nettool.jobs.spec_or_run import saved_network
    from nettool.record.runs.find_run import find_run

    parent = {} if context.parent is None else context.parent.params
    named = context.params.get("run") or parent.get("run") or next(iter(context.args), "")
    try:
        run = find_run(context.params.get("runs_dir") or Path("runs"), named)
        return None if run is None else saved_network(run)
    except (SpecError, OSError):
        return None


def _value_paths(tree: "Tree", path: str) -> Iterator[str]:
    """The paths to all scalars and lists that mappings lead to."""
    from nettool.spec.yaml.tree import Mapping

    if not isinstance(tree, Mapping):
        yield path
        return
    for pair in tree.pairs:
        yield from _value_paths(pair.value, f"{path}.{pair.key.text}" if path else pair.key.text)
