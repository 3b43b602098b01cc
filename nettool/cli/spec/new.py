"""`nettool new`: a spec of one's own, started from a gallery file."""

from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.options.complete import template_names as complete_templates
from nettool.cli.output.output import terminal_width
from nettool.diagnostics.suggest import did_you_mean
from nettool.gallery import (
    Template,
    companions,
    gallery_folder,
    renamed,
    template,
    template_names,
    templates,
)
from nettool.record.disk.atomic import write_text
from nettool.views.terminal.table import paragraph


@command(
    examples=(
        "nettool new mine",
        "nettool new mine --template residual",
    )
)
@click.argument("name", required=False)
@click.option(
    "--template",
    "chosen",
    default="digits_cnn",
    show_default=True,
    metavar="TEMPLATE",
    shell_complete=complete_templates,
    help="The gallery file to start from.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to.  [default: NAME.yaml]",
)
@click.option("--list", "only_list", is_flag=True, help="Only list the templates.")
def new(name: str | None, chosen: str, output: Path | None, only_list: bool) -> None:
    """Write a spec called NAME, started from a template. A file that is there already is left alone."""
    if only_list:
        click.echo(_table(templates()))
        return
    if name is None:
        raise click.UsageError("Missing argument 'NAME'.")
    if not _is_spec_name(name):
        raise click.UsageError(
            f"`{name}` cannot be the name of a spec: letters, digits, `_`, `-` and `.` can; "
            "where the file goes is said by -o"
        )
    if chosen not in template_names():
        advice = did_you_mean(chosen, template_names()) or "`nettool new --list` shows them"
        raise click.UsageError(f"there is no template `{chosen}`: {advice}")
    path = output if output is not None else Path(f"{name}.yaml")
    text = template(chosen).path.read_text(encoding="utf-8")
    files = {path: renamed(text, name)}
    for companion in companions(text):
        files[path.parent / companion] = (gallery_folder() / companion).read_text(encoding="utf-8")
    taken = next((each for each, own in files.items() if each.exists() and not _is_same(each, own)), None)
    if taken is not None or path.exists():
        raise click.UsageError(f"there is a file `{taken or path}` already")
    for each, own in files.items():
        write_text(each, own)
    others = "".join(f" and {each}" for each in files if each != path)
    click.echo(f"wrote {path}{others}, a copy of {chosen} to make your own; try: {_next_step(path)}")


def _next_step(path: Path) -> str:
    """The command that does the most with the spec as it is."""
    from nettool.graph.trainable_plan import missing_for_training
    from nettool.jobs.spec.loaded_spec import load_spec

    plan = load_spec(path).plan
    if not plan.losses:
        return f"nettool summary {path}"
    is_whole = not missing_for_training(plan) and plan.declaration is not None
    options = ("" if is_whole else " --smoke") + (" --allow-code" if plan.python else "")
    return f"nettool train{options} {path}"


def _is_same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("utf-8")


def _is_spec_name(name: str) -> bool:
    return name[:1].isalnum() and all(
        letter.isascii() and (letter.isalnum() or letter in "_-.") for letter in name
    )


def _table(listed: tuple[Template, ...]) -> str:
    indent = max((len(each.name) for each in listed), default=0) + 2
    width = terminal_width()
    if width is None:
        return "\n".join(f"{each.name:<{indent}}{each.about}".rstrip() for each in listed)
    return "\n".join(
        line for each in listed for line in paragraph(each.name, each.about, indent, width) or [each.name]
    )
