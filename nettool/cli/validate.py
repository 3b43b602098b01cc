"""`nettool validate`: is the spec sound?"""

from pathlib import Path

import click

from nettool.cli.boundary import spec_exit_code, tell
from nettool.cli.exit_codes import ExitCode
from nettool.cli.options import data_option, set_option
from nettool.diagnostics.diagnostic import Diagnostic, SpecError
from nettool.graph.plan import Plan
from nettool.load import load


@click.command()
@click.argument("specs", nargs=-1, required=True, metavar="SPEC…", type=click.Path(path_type=Path))
@set_option
@data_option
def validate(specs: tuple[Path, ...], overrides: tuple[str, ...], data: str | None) -> int:
    """Check specs: every mistake with its place and what to do.

    Nothing is built, written or downloaded. Exit status 2 when a spec is wrong, 3 when only an expectation
    about its parameters does not hold.
    """
    found: list[Diagnostic] = []
    for path in specs:
        try:
            plan, warnings = load(path, overrides, data)
        except SpecError as error:
            found += error.diagnostics
            continue
        tell(warnings)
        click.echo(f"{path}: {_verdict(plan)}")
    tell(tuple(found))
    return spec_exit_code(tuple(found)) if found else ExitCode.DONE


def _verdict(plan: Plan) -> str:
    count = plan.graph.parameter_count
    nodes = len(plan.graph.nodes) - len(plan.graph.inputs)
    words = f"{nodes} {'node' if nodes == 1 else 'nodes'}"
    return f"sound, {words}" + ("" if count is None else f", {count:,} parameters")
