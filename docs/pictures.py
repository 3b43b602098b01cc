"""Draws docs/pictures/ and writes docs/pictures.md, which shows them: what nettool draws, from the digits.

    python docs/pictures.py

It takes some minutes and needs no download. Pictures of pages are taken by Chromium, with Playwright; where
these are not installed, they are left as they are. A test holds page and folder against the list here.
"""

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

DOCS = Path(__file__).parent
FOLDER = DOCS / "pictures"
PAGE = DOCS / "pictures.md"
CONFIGS = DOCS.parent / "configs"
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MOVES = re.compile(r"\r?(\n)|(?:\r|\x1b\[\?25[hl])|(\x1b\[\d*[AK])")
"""What moves to another line or clears one; a return to its beginning and the cursor's looks are left out."""
_UP = re.compile(r"\x1b\[(\d*)A")
_CLEARED = re.compile(r"\x1b\[\d*K")
_FOREIGN_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_WINDOW_HEIGHT = re.compile(r'(?<=<rect x="0" y="0" width=")([\d.]+" height=")([\d.]+)')
_BELOW_LAST_LINE = 6.0
"""Room for what hangs below the last line, such as `_`."""
_COLOURS = 128
"""Of a picture of a page: what its text and its charts need, in a third of the bytes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the folder: what is to be seen on it, and the command (behind `nettool`) that draws it.

    `made` is where the command puts it, or the page that it is taken of; with `columns`, the picture is what
    a terminal of so many shows of the command.
    """

    name: str
    words: str
    command: str
    made: str = ""
    scheme: str | None = None
    size: tuple[int, int] = (1180, 820)
    columns: int | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pictures that belong together, and what is to be said of them."""

    title: str
    text: str
    pictures: tuple[Picture, ...]


_TRAIN = "train configs/digits_cnn.yaml --epochs 8"
_RUN = "runs/digits_cnn/latest"

CHAPTERS = (
    Chapter(
        "The network",
        "Colours are families of layers, frames are blocks; signs stand where branches meet. "
        "`--style volumes` draws feature maps, as large as their shapes say; `--diff` draws two "
        "networks over each other. More in [plot.md](plot.md).",
        (
            Picture(
                "network.svg",
                "The graph of digits_cnn in two columns: an input of 8 by 8 pixels, a convolution, a "
                "residual block as a frame, drawn once for two, then a dense output with its loss",
                "plot configs/digits_cnn.yaml -o network.svg",
                "network.svg",
            ),
            Picture(
                "collapsed.svg",
                "The same network from left to right, each block as a single box, with its parameters",
                "plot configs/digits_cnn.yaml --depth 0 --direction left-right --parameters -o collapsed.svg",
                "collapsed.svg",
            ),
            Picture(
                "resnet50.svg",
                "ResNet-50 on one page, in three columns: stages as frames, blocks in them closed, equal "
                "blocks drawn once",
                "plot configs/resnet50.yaml -o resnet50.svg",
                "resnet50.svg",
            ),
            Picture(
                "slide.svg",
                "Two residual blocks on a slide, in three rows; a line leads from each row to the next",
                "plot configs/residual.yaml --slide 16:9 -o slide.svg",
                "slide.svg",
            ),
            Picture(
                "volumes.svg",
                "VGG-16 as boxes in perspective: from 224 by 224 pixels they become smaller and longer, two "
                "or three convolutions side by side before each pooling; then bars for the dense layers",
                "plot configs/vgg16.yaml --style volumes -o volumes.svg",
                "volumes.svg",
            ),
            Picture(
                "volumes_residual.svg",
                "Two residual blocks as boxes: an arrow from the first box over two others to a plus sign",
                "plot configs/residual.yaml --style volumes -o volumes_residual.svg",
                "volumes_residual.svg",
            ),
            Picture(
                "difference.svg",
                "Two residual networks over each other: added nodes with a plus in green, removed ones "
                "dashed with a minus, changed ones with what was and what is",
                "plot --diff configs/residual.yaml configs/residual_projection.yaml -o difference.svg",
                "difference.svg",
            ),
            Picture(
                "network_page.png",
                "A page in a browser: the graph with its blocks, and beside it a panel about a node",
                "plot configs/digits_cnn.yaml -o network.html",
                "network.html",
                "light",
            ),
        ),
    ),
    Chapter(
        "The data",
        "As the network will see them: samples, the balance of the classes, the values.",
        (
            Picture(
                "data.svg",
                "Twenty handwritten digits with their labels; bars of each class's share of the training, "
                "validation and test part; histograms of the pixels' values before and after scaling",
                "data preview configs/digits_cnn.yaml -o data.svg",
                "data.svg",
            ),
        ),
    ),
    Chapter(
        "A training",
        "Every run leaves these in its `plots/`, and all of it on one page: [report.md](report.md).",
        (
            Picture(
                "curves.svg",
                "Loss and accuracy over eight epochs, training dashed, validation solid, best epoch ringed",
                _TRAIN,
                f"{_RUN}/plots/curves.svg",
            ),
            Picture(
                "confusion.svg",
                "True against predicted classes of ten digits: nearly all counts stand on the diagonal",
                _TRAIN,
                f"{_RUN}/plots/confusion.svg",
            ),
            Picture(
                "reconstruction.svg",
                "Ten digits above, and below what an autoencoder gives back for them, somewhat blurred",
                "train configs/autoencoder.yaml --data digits --epochs 30 --batch-size 32",
                "runs/autoencoder/latest/plots/reconstruction.svg",
            ),
            Picture(
                "report.png",
                "The report of a run in a browser: the outcome, the metrics, how to repeat it, the curves",
                _TRAIN,
                f"{_RUN}/report.html",
                "light",
                (1180, 1040),
            ),
            Picture(
                "report_dark.png",
                "The same page for a reader whose system is dark",
                _TRAIN,
                f"{_RUN}/report.html",
                "dark",
                (1180, 1040),
            ),
            Picture(
                "report_phone.png",
                "The same page on a phone: one column, and a table that goes on to the right",
                _TRAIN,
                f"{_RUN}/report.html",
                "light",
                (390, 844),
            ),
        ),
    ),
    Chapter(
        "On the terminal",
        "A terminal of 80 columns, the smallest that is usual. A wider one shows more columns, `--wide` all.",
        (
            Picture(
                "terminal_train.svg",
                "A training: what is trained, a row for each epoch, the best one marked, the result, and the "
                "command that opens the report",
                _TRAIN,
                columns=80,
            ),
            Picture(
                "terminal_summary.svg",
                "The table of a network: layer, output shape, parameters and sources of each node",
                "summary configs/digits_cnn.yaml",
                columns=80,
            ),
            Picture("terminal_runs.svg", "The runs of a folder with their results", "runs", columns=80),
            Picture(
                "terminal_mistake.svg",
                "A mistake: its line in the file, the wrong word underlined, and the word that was meant",
                "validate --set nodes.stem.filter=8 configs/digits_cnn.yaml",
                columns=80,
            ),
        ),
    ),
    Chapter(
        "Inside the network",
        "What it has learned and what it makes of a sample: [inspect.md](inspect.md).",
        (
            Picture(
                "filters.svg",
                "The 32 kernels of the first convolution, three by three each, red above zero, blue below",
                "inspect digits_cnn filters -o filters.svg",
                "filters.svg",
            ),
            Picture(
                "activations.svg",
                "A digit, and beside it the maps that two layers make of it, a tile for each channel",
                "inspect digits_cnn activations stem res.1 --image 4 --channels 0-15 -o activations.svg",
                "activations.svg",
            ),
            Picture(
                "sample_page.png",
                "The page of the network with a digit on its way: a small picture on every node of what it "
                "gives for this sample, and the answer",
                "plot digits_cnn -o sample.html --image 4",
                "sample.html",
                "light",
            ),
            Picture(
                "samples.svg",
                "Twelve digits, each with bars for the five likeliest classes",
                "inspect digits_cnn samples -o samples.svg",
                "samples.svg",
            ),
            Picture(
                "mistakes.svg",
                "The wrong answers that the network is surest of, each with what it says and what is right",
                "inspect digits_cnn mistakes --count 12 -o mistakes.svg",
                "mistakes.svg",
            ),
            Picture(
                "embedding.svg",
                "Points in ten colours, one for each test sample: the digits lie in groups of their own",
                "inspect digits_cnn embedding mean --method tsne -o embedding.svg",
                "embedding.svg",
            ),
        ),
    ),
    Chapter(
        "Runs beside each other",
        "Two runs as a picture and on a page, where every value can be read off; then all runs of a folder.",
        (
            Picture(
                "compare.svg",
                "Training loss, validation loss and accuracy of two networks, a numbered line for each",
                "compare digits_cnn digits_mlp -o compare.svg",
                "compare.svg",
            ),
            Picture(
                "compare.png",
                "The same runs on a page: curves, then a table of results with the runs' names as columns",
                "compare digits_cnn digits_mlp --html",
                "compare.html",
                "light",
                (1180, 900),
            ),
            Picture(
                "runs.png",
                "Eight runs on a page: lines through learning rate, batch size and test accuracy; a table",
                "runs --html --runs-dir sweep -o runs.html",
                "runs.html",
                "light",
                (1180, 900),
            ),
        ),
    ),
)
_SWEEP = "train configs/digits_mlp.yaml --epochs 8 --runs-dir sweep --batch-size {} --set {}={}"
_NEEDED = {
    "compare digits_cnn digits_mlp -o compare.svg": ("train configs/digits_mlp.yaml --epochs 8",),
    "runs --html --runs-dir sweep -o runs.html": tuple(
        _SWEEP.format(size, "train.optimizer.learning_rate", rate)
        for size in (16, 128)
        for rate in (0.0003, 0.003, 0.03, 0.3)
    ),
}
"""What must have been run before a command, besides the commands above it."""


def pictures() -> Iterator[Picture]:
    """All of them, in the order of the page."""
    for chapter in CHAPTERS:
        yield from chapter.pictures


def page() -> str:
    """The page that shows the pictures, each with the command that draws it."""
    parts = [
        "<!-- Written by docs/pictures.py. -->",
        "# What nettool draws",
        "Each picture is drawn by the command above it, from the digits that come with the installation.\n"
        "`python docs/pictures.py` makes all of them anew.",
    ]
    for chapter in CHAPTERS:
        parts += [f"## {chapter.title}", chapter.text]
        for picture in chapter.pictures:
            parts += [f"`nettool {picture.command}`", f"![{picture.words}](pictures/{picture.name})"]
    return "\n\n".join(parts) + "\n"


def draw(work: Path) -> None:
    """Run every command once, in a folder of its own, and fetch what it drew."""
    shutil.copytree(CONFIGS, work / "configs")
    FOLDER.mkdir(exist_ok=True)
    done: set[str] = set()
    for picture in pictures():
        target = FOLDER / picture.name
        if picture.columns is not None:
            click.echo(f"nettool {picture.command}")
            target.write_text(_terminal(picture, work), encoding="utf-8")
            continue
        for command in (*_NEEDED.get(picture.command, ()), picture.command):
            if command not in done:
                click.echo(f"nettool {command}")
                subprocess.run([sys.executable, "-m", "nettool", *command.split()], cwd=work, check=True)
                done.add(command)
        made = work / picture.made
        if picture.scheme is None:
            shutil.copyfile(made, target)
        else:
            _photograph(made.resolve(), target, picture)


def _terminal(picture: Picture, work: Path) -> str:
    """What a terminal shows once the command is over, as SVG. Only Unix has such terminals."""
    import pty

    from rich.console import Console
    from rich.terminal_theme import MONOKAI
    from rich.text import Text

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "nettool", *picture.command.split()],
        cwd=work,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "COLUMNS": str(picture.columns), "TERM": "xterm-256color"},
    )
    os.close(theirs)
    shown = b"".join(_read(ours)).decode()
    process.wait()
    console = Console(width=picture.columns, record=True, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ nettool {picture.command}", "bold"))
    console.print(Text.from_ansi("\n".join(_screen(shown)).rstrip()))
    drawn = console.export_svg(title="", theme=MONOKAI, unique_id=Path(picture.name).stem)
    return _WINDOW_HEIGHT.sub(_with_room_below, _FOREIGN_FONTS.sub("", drawn))


def _with_room_below(height: re.Match[str]) -> str:
    return f"{height[1]}{float(height[2]) + _BELOW_LAST_LINE}"


def _screen(shown: str) -> list[str]:
    """The lines that are left after bars, and words about waiting, have been cleared and written over."""
    lines, row = [""], 0
    for piece in filter(None, _MOVES.split(shown)):
        if up := _UP.fullmatch(piece):
            row = max(0, row - int(up[1] or 1))
        elif piece == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif _CLEARED.fullmatch(piece):
            lines[row] = ""
        else:
            lines[row] += piece
    return lines


def _read(end: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(end, 1 << 16)
        except OSError:  # the last one that wrote has left the terminal
            return
        if not piece:
            return
        yield piece


def _photograph(html: Path, target: Path, picture: Picture) -> None:
    """What a window of the picture's size shows of the page."""
    chromium = next((found for name in _CHROMIUM if (found := shutil.which(name))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if chromium is None:
        click.echo(f"{target.name} is left as it is: there is no Chromium, or no Playwright")
        return
    width, height = picture.size
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme=picture.scheme)
        tab.goto(html.as_uri())
        tab.wait_for_timeout(500)
        tab.screenshot(path=target)
        browser.close()
    _shrink(target)


def _shrink(path: Path) -> None:
    from PIL import Image

    with Image.open(path) as image:
        small = image.convert("RGB").quantize(_COLOURS)
    small.save(path, optimize=True)


def main() -> None:
    """Draw everything, then write the page."""
    with TemporaryDirectory() as folder:
        draw(Path(folder))
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
