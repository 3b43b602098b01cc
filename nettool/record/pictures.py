"""The pictures of a run: the network in model.svg, everything else in plots/."""

import re
from collections.abc import Sequence
from pathlib import Path

from nettool.record.atomic import write_bytes
from nettool.record.checkpoints import Checkpoint
from nettool.record.run_directory import RunDirectory

_NOT_IN_NAMES = re.compile(r"[^\w.+-]+")
_LONGEST_PART = 60


def model_picture_path(run: RunDirectory) -> Path:
    """Where the picture of the network is."""
    return run.path / "model.svg"


def plot_path(run: RunDirectory, stem: str, form: str) -> Path:
    """Where a plot is: `stem` says what it shows (`curves`, `confusion`), `form` is `svg` or `png`."""
    return run.path / "plots" / f"{stem}.{form}"


def write_model_picture(run: RunDirectory, content: bytes) -> None:
    """Keep the picture of the network, an SVG document."""
    write_bytes(model_picture_path(run), content)


def write_plot(run: RunDirectory, stem: str, form: str, content: bytes) -> None:
    """Keep one plot in one form."""
    write_bytes(plot_path(run, stem, form), content)


def inspection_stem(what: str, parts: Sequence[str] = (), checkpoint: Checkpoint = "last") -> str:
    """What a look into a model is called: `filters_conv_1`, `embedding_code_tsne_best`.

    `parts` may hold anything; what no file's name can hold becomes `-`, and long ones are cut.
    """
    names = [_NOT_IN_NAMES.sub("-", part)[:_LONGEST_PART] for part in parts]
    return "_".join([what, *names, *([] if checkpoint == "last" else [checkpoint])])
