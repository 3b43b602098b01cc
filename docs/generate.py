"""Writes docs/reference/: what the program knows of itself – commands, layers, diagnostics, data, gallery.

It also writes the lessons as pages, in docs/lessons/, and the tables of keys in docs/spec.md, each between
two marks.

    python docs/generate.py

A test compares the files with what this would write.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from nettool.cli.main import cli
from nettool.cli.output.json_event import VERSION
from nettool.data.builtin.catalogue import DATA_SETS
from nettool.data.request import DataRequest
from nettool.diagnostics.codes import FAMILIES, codes
from nettool.diagnostics.explanation import explanation
from nettool.front_end import load
from nettool.graph.plan import Plan
from nettool.jobs.event_schema import EVENTS, event_keys, event_meaning
from nettool.layers.catalogue import LAYERS_BY_FAMILY, catalogue
from nettool.layers.layer import Layer
from nettool.lessons.lesson import TEXT, Lesson, lessons
from nettool.spec.data.origins.read_origin import origins
from nettool.spec.keys.key import keys_of
from nettool.spec.sections import SECTIONS, section_at
from nettool.views.terminal.summary import count_text

FOLDER = Path(__file__).parent / "reference"
LANGUAGE = Path(__file__).parent / "spec.md"
LESSONS = Path(__file__).parent / "lessons"
CONFIGS = Path(__file__).parents[1] / "configs"
_NOTE = "<!-- Written by docs/generate.py. -->\n"


def pages() -> dict[str, str]:
    """Every page by its file's name."""
    return {
        "commands.md": commands(),
        "layers.md": layers(),
        "codes.md": code_pages(),
        "data.md": data_sets(),
        "gallery.md": gallery(),
        "events.md": events(),
    }


def lesson_pages() -> dict[str, str]:
    """A page for each lesson, and one that lists them."""
    rows = [
        (str(each.number), f"[{each.title}]({each.folder.name}.md)", each.question, f"{each.minutes} minutes")
        for each in lessons()
    ]
    listed = _table(("", "lesson", "question", "time"), rows)
    marks = r"(<!-- lessons -->\n).*?(<!-- end of lessons -->)"
    index = (LESSONS / "README.md").read_text(encoding="utf-8")
    pages = {f"{each.folder.name}.md": _lesson_page(each) for each in lessons()}
    return {"README.md": re.sub(marks, rf"\g<1>{listed}\g<2>", index, flags=re.DOTALL), **pages}


def _lesson_page(lesson: Lesson) -> str:
    """The lesson with its pictures, its files and the way on."""
    title, _, rest = lesson.text.partition("\n\n")
    folder = f"../../nettool/lessons/{lesson.folder.name}"
    specs = ", ".join(f"[{each.name}]({folder}/{each.name})" for each in lesson.files if each.name != TEXT)
    begin = f"`nettool lesson {lesson.number}` begins this lesson" + (
        f"; its files are {specs}." if specs else "."
    )
    text = re.sub(
        r"(!\[[^\]]*\])\(([^)]+)\)",
        lambda found: f"{found[1]}(pictures/{lesson.folder.name}_{Path(found[2]).name})",
        rest,
    )
    heading = title.replace("# ", f"# {lesson.number}. ", 1)
    following = [f"Next: [{each.title}]({each.folder.name}.md)" for each in lessons()[lesson.number :][:1]]
    way = " · ".join(["[All lessons](README.md)", *following])
    return f"{_NOTE}\n{heading}\n\n{begin}\n\n{text}\n---\n\n{way}\n"


def language() -> str:
    """docs/spec.md with fresh tables: the keys of `train` stand below `<!-- keys: train -->`."""
    text = LANGUAGE.read_text(encoding="utf-8")
    marks = r"(<!-- (?:keys: (\S+)|(\w+)) -->\n).*?(<!-- end of keys -->)"
    return re.sub(marks, _table_between_marks, text, flags=re.DOTALL)


def _table_between_marks(found: re.Match[str]) -> str:
    table = keys(section_at(found[2])) if found[2] else _OTHER_TABLES[found[3]]()
    return f"{found[1]}{table}{found[4]}"


def sections() -> str:
    """The table of a spec's sections."""
    rows = [(f"`{name}`", each.meaning, each.needed_to) for name, each in SECTIONS.items()]
    return _table(("section", "content", "needed to"), rows)


def keys(section: type) -> str:
    """The table of a section's keys."""
    return _table(("key", "default", "meaning"), _key_rows(section))


def data_origins() -> str:
    """The table of the origins of data, each with the keys that go with it."""
    rows = []
    for name, each in origins().items():
        (key, default, meaning), *companions = _key_rows(each)
        rows.append((key, default, meaning))
        rows += [(key, default, f"Only with `{name}`: {meaning}") for key, default, meaning in companions]
    return _table(("key", "default", "meaning"), rows)


_OTHER_TABLES = {"sections": sections, "origins": data_origins}
"""By their marks."""


def _key_rows(section: type) -> list[tuple[str, str, str]]:
    return [
        (f"`{name}: {each.example}`", each.otherwise, each.meaning) for name, each in keys_of(section).items()
    ]


def commands() -> str:
    """The help of each command."""
    context = _context(cli, "nettool", None)
    parts = [_NOTE, "# Commands\n", _fenced(cli.get_help(context))]
    for command, its_context in _commands_of(cli, context):
        parts += [f"## {its_context.command_path}\n", _fenced(command.get_help(its_context))]
    return "\n".join(parts)


def _commands_of(group: click.Group, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """The commands of a group, those of its own groups behind them, each with the context of its help."""
    for name in group.list_commands(context):
        command = group.commands[name]
        its_context = _context(command, name, context)
        yield command, its_context
        if isinstance(command, click.Group):
            yield from _commands_of(command, its_context)


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    names = cli.context_settings["help_option_names"]
    return click.Context(
        command,
        parent=parent,
        info_name=name,
        terminal_width=100,
        max_content_width=100,
        help_option_names=names,
    )


def layers() -> str:
    """Every layer by family, with its options; those whose shapes only Keras knows are marked."""
    known = sum(definition.has_rule for definition in catalogue().values())
    parts = [
        _NOTE,
        "# Layers\n",
        f"{len(catalogue())} layers. For {known} of them shapes and parameters are known without Keras; the "
        "others are marked with \\* and get theirs when Keras builds them.\n",
    ]
    for family, members in sorted(LAYERS_BY_FAMILY.items()):
        rows = [
            (
                definition.name + ("" if definition.has_rule else " \\*"),
                definition.meaning,
                ", ".join(_option(definition, name) for name in definition.options),
            )
            for definition in sorted(members, key=lambda each: each.name)
        ]
        parts += [f"## {family}\n", _table(("layer", "what it does", "options (with their defaults)"), rows)]
    return "\n".join(parts)


def _option(definition: Layer, name: str) -> str:
    option = definition.options[name]
    if option.required:
        return f"**{name}**"
    return name if option.default is None else f"{name} = {_plain(option.default)}"


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def code_pages() -> str:
    """Every diagnostic's code: a table of all of them, and the page of each."""
    rows = [(f"[{code}](#{code.lower()})", meaning) for code, meaning in codes().items()]
    parts = [_NOTE, "# Diagnostics\n", _table(("code", "meaning"), rows)]
    for digit, title in FAMILIES.items():
        parts.append(f"## NT{digit}xx: {title}\n")
        for code, meaning in codes().items():
            if code[2] == digit:
                parts.append(f"### {code}\n\n**{meaning}**\n\n{explanation(code).text}\n")
    return "\n".join(parts)


def events() -> str:
    """Every event of `--json` with its keys."""
    opening = (
        "`train --json`, `train --smoke --json`, `train --dry-run --json` and `reproduce --json` print one "
        f"JSON object per line. `event` is its name, `version` (now {VERSION}) that of its form. The version "
        "grows when a key changes its meaning; new keys and new events may come in the same version. A "
        "number that is not finite is `null`. `nettool schema --events` prints all this as JSON Schema.\n"
    )
    parts = [_NOTE, "# Events\n", opening]
    for name in EVENTS:
        rows = [(f"`{key.name}`", key.words) for key in event_keys(name)]
        parts += [f"## {name}\n", f"{event_meaning(name)}\n", _table(("key", "value"), rows)]
    return "\n".join(parts)


def data_sets() -> str:
    """Every built-in data set."""
    rows = [
        (
            name,
            each.title,
            "×".join(str(length) for length in each.image_shape),
            str(len(each.classes)),
            f"{each.train_count:,} + {each.test_count:,}",
            each.licence,
        )
        for name, each in DATA_SETS.items()
    ]
    head = ("name", "what it is", "image", "classes", "training + test", "source and licence")
    return "\n".join([_NOTE, "# Data sets\n", _table(head, rows)])


def gallery() -> str:
    """Every file of configs/, the smallest network first: what its opening comment says, and its plan."""
    plans = {path: load(path)[0] for path in CONFIGS.glob("*.yaml")}
    rows: list[tuple[str, ...]] = []
    for path, plan in sorted(plans.items(), key=lambda item: (_parameters(item[1]) or 0, item[0])):
        what, teaches = _opening(path.read_text(encoding="utf-8"))
        name = f"[{path.stem}](../../configs/{path.name})"
        rows.append((name, what, teaches, _data_words(plan.data), count_text(_parameters(plan))))
    head = ("network", "what it is", "what it teaches", "data", "parameters")
    return "\n".join([_NOTE, "# The gallery\n", _table(head, rows)])


def _parameters(plan: Plan) -> int | None:
    """The network's count; where only Keras can count, what the spec expects (smoke runs hold it to that)."""
    expected = (
        int(expectation.value) for expectation in plan.expectations if expectation.metric == "parameters"
    )
    return plan.graph.parameter_count or next(expected, None)


def _opening(text: str) -> tuple[str, str]:
    """What a file's first comment lines say before and after `Teaches:`; a bare `#` ends them."""
    lines = itertools.takewhile(lambda line: line.startswith("# "), text.splitlines())
    what, _, teaches = " ".join(line[2:].strip() for line in lines).partition(" Teaches: ")
    return what, teaches[:1].upper() + teaches[1:]


def _data_words(data: DataRequest | None) -> str:
    if data is None:
        return "–"
    words = [data.source.name + (" in pairs" if data.task == "pairs" else "")]
    if data.classes is not None:
        words.append(f"{data.classes if isinstance(data.classes, int) else len(data.classes)} classes")
    size = data.resize or data.pad
    if size is not None:
        words.append(f"{size[0]}×{size[1]}")
    return ", ".join(words)


def _fenced(text: str) -> str:
    return f"```\n{text}\n```\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return (
        "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
        + "\n"
    )


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    for name, text in lesson_pages().items():
        (LESSONS / name).write_text(text, encoding="utf-8")
    LANGUAGE.write_text(language(), encoding="utf-8")


if __name__ == "__main__":
    main()
