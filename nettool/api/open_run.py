"""A run that is there already, as an object."""

from pathlib import Path

from nettool.api.arguments import path_of
from nettool.api.run import Run
from nettool.jobs.spec_or_run import required_run


def open_run(name: str | Path = "latest", *, runs_dir: str | Path = "runs") -> Run:
    """Open a run: `name` is its directory, its name, `name/date-time`, or `latest`.

    A name and `latest` mean the newest run that is not a trial (one with fewer epochs or steps than its spec
    says); a trial counts only if there is no other run. Raises CallError when there is none.
    """
    path = path_of("name", name)
    return Run(required_run(str(path), path_of("runs_dir", runs_dir), lambda _: None))
