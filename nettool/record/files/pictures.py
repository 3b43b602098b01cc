"""The pictures of a run: the network in model.svg and as a page in model.html, everything else in plots/."""

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from nettool.record.checkpoints.model_files import Checkpoint
from nettool.record.disk.atomic import write_bytes, write_text
from nettool.record.run_directory import RunDirectory

_NOT_IN_NAMES = re.compile(r"[^\w.+-]+")
_LONGEST_PART = 60
_CHECK_LENGTH = 8


def model_picture_path(run: RunDirectory) -> Path:
    """Where the picture of the network is."""
    return run.path / "model.svg"


def model_page_path(run: RunDirectory) -> Path:
    """Where the page to look around in the network is."""
    return run.path / "model.html"


def plot_path(run: RunDirectory, stem: str, form: str) -> Path:
    """Where a plot is: `stem` says what it shows (`curves`, `confusion`), `form` is `svg` or `png`."""
    return run.path / "plots" / f"{stem}.{form}"


def write_model_picture(run: RunDirectory, content: bytes) -> None:
    """Keep the picture of the network, an SVG document."""
    write_bytes(model_picture_path(run), content)


def write_model_page(run: RunDirectory, page: str) -> None:
    """Keep the page of the network."""
    write_text(model_page_path(run), page)


def write_plot(run: RunDirectory, stem: str, form: str, content: bytes) -> None:
    """Keep one plot in one form."""
    write_bytes(plot_path(run, stem, form), content)


def output_stem(what: str, output: str | None) -> str:
    """What a picture of an output is called: `confusion`, or `confusion_digit` where there are several."""
    return what if output is None else f"{what}_{_part_of_name(output)}"


def inspection_stem(what: str, parts: Sequence[str] = (), checkpoint: Checkpoint = "last") -> str:
    """What a look into a model is called: `filters_conv_1`, `embedding_code_tsne_best`.

    `parts` may hold anything; what no file's name can hold becomes `-`, and long ones are cut.
    """
    names = [_part_of_name(part) for part in parts]
    return "_".join([what, *names, *([] if checkpoint == "last" else [checkpoint])])


def _part_of_name(text: str) -> str:
    """The text as a file's name may hold it; a long one is cut, and ends in what tells it from others."""
    name = _NOT_IN_NAMES.sub("-", text)
    if len(name) <= _LONGEST_PART:
        return name
    check = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_CHECK_LENGTH]
    return f"{name[: _LONGEST_PART - _CHECK_LENGTH - 1]}-{check}"
