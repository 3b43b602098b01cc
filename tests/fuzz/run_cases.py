"""Commands that read a run, one of whose files is damaged: what each comes to."""

import contextlib
import io
import os
import re
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from run_damage import damage

from nettool.cli.main import cli
from nettool.cli.output.error_handler import guarded
from nettool.cli.output.exit_codes import ExitCode
from nettool.diagnostics.printable import make_printable

NAME, STAMP = "tab", "20250301-120000"
SPEC = """\
name: tab
data:
  table: tab.csv
  columns: {a: [x, y], k: {column: k, as: label}, p: price}
  normalize: standard
inputs: {a: [2]}
nodes:
  h: {layer: Dense, units: 4, activation: relu}
  rest: {layer: Dropout, rate: 0.1}
  kind: {layer: Dense, from: rest, units: 2, activation: softmax}
  price: {layer: Dense, from: rest, units: 1}
outputs: [kind, price]
losses: {kind: {loss: categorical_crossentropy, target: k}, price: {loss: mse, target: p}}
metrics: {kind: accuracy}
views: {front: {inputs: [a], outputs: [h]}}
train: {epochs: 2, batch_size: 16, early_stopping: {patience: 5}, reduce_learning_rate: {patience: 3}}
"""

Command = tuple[str, ...]
LISTING: Command = ("runs",)
LIGHT: tuple[Command, ...] = (
    ("runs", "--json"),
    ("runs", "--markdown"),
    ("runs", "--sort", "best", "--newest"),
    ("report", NAME),
    ("report", f"{NAME}/{STAMP}"),
    ("show", NAME),
    ("show", NAME, "--expanded"),
    ("summary", NAME),
    ("summary", NAME, "--json"),
    ("plot", NAME, "--format", "dot", "-o", "-"),
    ("plot", NAME, "--format", "html", "-o", "-"),
    ("plot", NAME, "--format", "mermaid", "-o", "-"),
    ("compare", NAME, "sound", "-o", "c.html"),
    ("compare", NAME, "sound", "-o", "c.svg"),
    ("compare", f"{NAME}/{STAMP}", "sound", "--json"),
    ("inspect", NAME, "weights"),
    ("runs", "open", "latest"),
    ("runs", "rename", NAME, "other"),
    ("runs", "rename", f"{NAME}/{STAMP}", "sound"),
    ("runs", "rm", "-y", NAME),
    ("runs", "rm", "-y", "latest"),
)
HEAVY: tuple[Command, ...] = (
    ("evaluate", NAME),
    ("evaluate", NAME, "--checkpoint", "best", "--json"),
    ("evaluate", NAME, "--part", "train"),
    ("evaluate", NAME, "--set", "data.test_split=0.5"),
    ("predict", NAME, "tab.csv"),
    ("predict", NAME, "tab.csv", "--node", "h", "-o", "h.npz"),
    ("predict", NAME, "tab.csv", "--json", "--checkpoint", "best"),
    ("inspect", NAME, "embedding", "h", "-o", "e.svg"),
    ("inspect", NAME, "mistakes", "-o", "m.svg"),
    ("train", "--resume", NAME, "--epochs", "3"),
    ("train", "--resume", NAME, "--quiet"),
    ("reproduce", NAME, "--no-keep", "--quiet"),
)
LONGEST = 2.0
"""Seconds that a command may take beyond what it takes on a sound run."""
HANGS = 300
NOISE = re.compile(r"Traceback|Warning:|mistake in nettool|site-packages|\x1b\]|\x07")


class Hangs(BaseException):
    """A command did not end."""


@dataclass(frozen=True, slots=True)
class Case:
    """One command beside one damage; what is wrong with its answer, or nothing."""

    command: Command
    done: str
    code: int
    wrong: str
    seconds: float

    def __str__(self) -> str:
        return f"{self.done} | nettool {' '.join(self.command)} -> {self.code}, {self.seconds:.1f} s: {self.wrong}"


@dataclass(frozen=True, slots=True)
class Sound:
    """What a command does with a sound run: the seconds it takes, and the files of the run that it reads."""

    seconds: float
    read: tuple[str, ...]


_opened: set[str] = set()


def _notice(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        _opened.add(os.fsdecode(arguments[0]) if isinstance(arguments[0], str | bytes) else "")


sys.addaudithook(_notice)


def write_table(path: Path) -> None:
    """Samples of two classes and a price."""
    random = Random(1)
    points = [(random.gauss(0, 1), random.gauss(0, 1)) for _ in range(48)]
    rows = [f"{x:.3f},{y:.3f},{'ab'[x > y]},{3 * x - y + 5:.3f}" for x, y in points]
    path.write_text("\n".join(["x,y,k,price", *rows, ""]), encoding="utf-8")


def train_base(folder: Path) -> Path:
    """A finished run of that spec, in a folder of its own, which tries are made on copies of."""
    folder.mkdir(parents=True, exist_ok=True)
    write_table(folder / "tab.csv")
    (folder / "tab.yaml").write_text(SPEC, encoding="utf-8")
    with contextlib.chdir(folder):
        code, said = answer(("train", "tab.yaml", "--quiet"))
    assert code == ExitCode.DONE, said
    return next(path for path in (folder / "runs" / NAME).iterdir() if not path.is_symlink())


def answer(command: Command) -> tuple[int, str]:
    """The exit code, and all that was printed."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        make_printable()
        code = guarded(lambda: cli.main(list(command), prog_name="nettool", standalone_mode=False))
    return int(code), said.getvalue()


def cases(base: Path, here: Path, commands: Sequence[Command], random: Random, count: int) -> Iterator[Case]:
    """So many commands on damaged copies of a run, each after `nettool runs`. `here` is the working folder."""
    sound: dict[Command, Sound] = {}
    for _ in range(count):
        command = random.choice(commands)
        if command not in sound:
            sound[command] = _on_a_sound_run(command, base, here)
        run = lay_out(base, here)
        done = damage(run, sound[command].read, random)
        outside = _outside(here)
        for each, longest in ((LISTING, LONGEST), (command, sound[command].seconds + LONGEST)):
            yield _tried(each, done, outside, here, longest)


def lay_out(base: Path, here: Path) -> Path:
    """Two runs, one of which is to be damaged, and a folder that no command may touch."""
    write_table(here / "tab.csv")
    for folder in ("runs", "outside"):
        shutil.rmtree(here / folder, ignore_errors=True)
    run = here / "runs" / NAME / STAMP
    for place in (run, here / "runs" / "sound" / STAMP):
        shutil.copytree(base, place)
        (place.parent / "latest").symlink_to(STAMP)
    (here / "outside" / "folder").mkdir(parents=True)
    for path in run.iterdir():
        if path.is_file():
            shutil.copyfile(path, here / "outside" / f"file{path.suffix}")
    return run


def _outside(here: Path) -> dict[str, bytes]:
    paths = sorted((here / "outside").rglob("*"))
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in paths}


def _on_a_sound_run(command: Command, base: Path, here: Path) -> Sound:
    run = lay_out(base, here)
    _opened.clear()
    begun = time.process_time()
    code, said = answer(command)
    seconds = time.process_time() - begun
    assert code in set(ExitCode), (command, said)
    inside = f"{run.relative_to(here)}/"
    read = {path.partition(inside)[2] for path in _opened if inside in path}
    return Sound(seconds, tuple(sorted(name for name in read if (base / name).is_file())))


def _tried(command: Command, done: str, outside: dict[str, bytes], here: Path, longest: float) -> Case:
    begun, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    code, said = -1, ""
    before = signal.signal(signal.SIGALRM, _hangs)
    signal.alarm(HANGS)
    try:
        code, said = answer(command)
        wrong = _wrong(command, code, said)
    except Hangs:
        wrong = f"it hangs\n{traceback.format_exc()}"
    except Exception:
        wrong = traceback.format_exc()
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    seconds = time.process_time() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) // 1000
    if not wrong and seconds > longest:
        wrong = f"more than {longest:.1f} s"
    if not wrong and grown > 500:
        wrong = f"{grown} MB of memory"
    if not wrong and _outside(here) != outside:
        wrong = "something outside of the run was changed"
    return Case(command, done, code, wrong, seconds)


def _wrong(command: Command, code: int, said: str) -> str:
    if code not in set(ExitCode):
        return "an exit code that stands nowhere"
    noise = NOISE.search(said)
    if noise:
        return f"noise: {said[max(0, noise.start() - 200) : noise.end() + 300]}"
    if code not in (ExitCode.DONE, ExitCode.EXPECTATION_UNMET) and not said.strip():
        return "not a word"
    if command == LISTING and (code != ExitCode.DONE or f"sound/{STAMP}" not in said):
        return f"the sound run is not listed: {said}"
    return ""


def _hangs(*_: object) -> None:
    raise Hangs
