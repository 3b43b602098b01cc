"""What small files cost that are made to cost much: each at its full size, given to who reads it.

    python benchmarks/bombs.py [NAME …] [--with-engine]

Each is built in a temporary folder. Seconds are those of the processor (the clock also counts what else the
machine does) beyond what the same command takes for a small sound spec. The budget is 1 s and 500 MB; with
`--with-engine` also what needs a run, where memory too is counted beyond that of the sound run.
"""

import argparse
import gzip
import io
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

SECONDS, MEGABYTES = 1.0, 500
_LIMIT = 120
"""Seconds after which a command is ended."""

SOUND = """
name: sound
data: {dataset: digits, limit: 100}
inputs: {image: [8, 8, 1]}
nodes:
  flat: {layer: Flatten}
  label: {layer: Dense, units: 10, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
train: {epochs: 1}
"""
IMAGES = SOUND.replace("{dataset: digits, limit: 100}", "{folder: DATA, resize: [8, 8]}")
ARRAYS = SOUND.replace("{dataset: digits, limit: 100}", "{arrays: data.npz}")
TABLE = """
name: table
data: {table: data.csv, columns: COLUMNS}
inputs: {x: [WIDTH]}
nodes:
  y: {layer: Dense, units: 1}
outputs: [y]
losses: {y: mean_squared_error}
"""


class Cost(NamedTuple):
    seconds: float
    megabytes: float
    code: int
    said: str


def cost(folder: Path, command: str) -> Cost:
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "nettool", *command.split()], cwd=folder, stdout=said, stderr=said
        )
        while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
            time.sleep(0.01)
            if time.perf_counter() - begun > _LIMIT:
                os.kill(process.pid, signal.SIGKILL)
        process.returncode = os.waitstatus_to_exitcode(ended[1])
        said.seek(0)
        lines = said.read(2000).decode(errors="replace").splitlines()
    used = ended[2]
    seconds = used.ru_utime + used.ru_stime
    return Cost(seconds, used.ru_maxrss / 1024, process.returncode, lines[0] if lines else "")


def built(build: Callable[[Path], None], folder: Path) -> None:
    """By a process of its own: one that has been large counts as large whatever it runs next."""
    child = os.fork()
    if child == 0:
        build(folder)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        raise OSError(f"{build.__name__} could not be built")


def spec(folder: Path, text: str) -> None:
    (folder / "s.yaml").write_text(text, encoding="utf-8")


def wide_concatenation(folder: Path) -> None:
    nodes = "".join(f"  n{number}: {{layer: Dense, units: 1, from: x}}\n" for number in range(5_000))
    parts = ", ".join(f"n{number}" for number in range(5_000))
    spec(
        folder,
        f"name: s\ninputs: {{x: [4]}}\nnodes:\n{nodes}  c: {{layer: Concatenate, from: [{parts}]}}\n"
        "  y: {layer: Dense, units: 1}\noutputs: [y]\n",
    )


def class_names(folder: Path) -> None:
    names = ", ".join(f"class_{number}" for number in range(100_000))
    field = f"{{image: {{shape: [8, 8, 1]}}, label: {{classes: [{names}]}}}}"
    spec(folder, SOUND.replace("{dataset: digits, limit: 100}", f"{{random: {field}}}"))


def a_billion_classes(folder: Path) -> None:
    field = "{image: {shape: [8, 8, 1]}, label: {classes: 1000000000}}"
    spec(folder, SOUND.replace("{dataset: digits, limit: 100}", f"{{random: {field}}}"))


def many_arrays(folder: Path) -> None:
    with zipfile.ZipFile(folder / "data.npz", "w") as archive:
        for number in range(20_000):
            archive.writestr(f"a{number}.npy", b"")
    spec(folder, ARRAYS)


def one_wide_array(folder: Path) -> None:
    header = b"{'descr': '|u1', 'fortran_order': False, 'shape': (" + b"1, " * 20_000 + b"), }\n"
    with zipfile.ZipFile(folder / "data.npz", "w") as archive:
        archive.writestr("image.npy", b"\x93NUMPY\x02\x00" + len(header).to_bytes(4, "little") + header)
    spec(folder, ARRAYS)


def an_array_of_zeros(folder: Path) -> None:
    header = b"{'descr': '|u1', 'fortran_order': False, 'shape': (100000000, 8, 8, 1), }\n"
    zeros = bytes(1 << 24)
    with (
        zipfile.ZipFile(folder / "data.npz", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("image.npy", "w", force_zip64=True) as member,
    ):
        member.write(b"\x93NUMPY\x02\x00" + len(header).to_bytes(4, "little") + header)
        for _ in range(40):
            member.write(zeros)
    spec(folder, ARRAYS)


def table_of(columns: int, named: int, folder: Path) -> None:
    header = ",".join(f"c{number}" for number in range(columns))
    row = ",".join(["1"] * columns)
    (folder / "data.csv").write_text(f"{header},y\n{row},1\n{row},0\n", encoding="utf-8")
    names = ", ".join(f"c{number}" for number in range(named))
    written = TABLE.replace("COLUMNS", f"{{x: [{names}], y: y}}").replace("WIDTH", str(named))
    spec(folder, written)


def named_columns(folder: Path) -> None:
    table_of(200_000, 200_000, folder)


def columns_beside(folder: Path) -> None:
    table_of(200_000, 1, folder)


def a_column_that_is_not_there(folder: Path) -> None:
    table_of(200_000, 1, folder)
    spec(folder, (folder / "s.yaml").read_text(encoding="utf-8").replace("[c0]", "[c200001]"))


def repeated_columns(folder: Path) -> None:
    table_of(200_000, 1, folder)
    text = (folder / "data.csv").read_text(encoding="utf-8")
    (folder / "data.csv").write_text(text.replace("c5,", "c6,", 1), encoding="utf-8")


def a_long_line(folder: Path) -> None:
    table_of(1, 1, folder)
    with (folder / "data.csv").open("w", encoding="utf-8") as file:
        for _ in range(100):
            file.write("x" * 1_000_000)


def a_header_of_commas(folder: Path) -> None:
    table_of(1, 1, folder)
    (folder / "data.csv").write_text("a" + "," * 20_000_000 + "\n", encoding="utf-8")


def long_cells(folder: Path) -> None:
    table_of(1, 1, folder)
    (folder / "data.csv").write_text('c0,y\n"' + "1" * 50_000_000, encoding="utf-8")


def a_long_number(folder: Path) -> None:
    table_of(1, 1, folder)
    (folder / "data.csv").write_text(f"c0,y\n{'1' * 10_000_000},1\n1,2\n", encoding="utf-8")


def tar_gz(folder: Path, content: bytes) -> None:
    (folder / "pets.tar.gz").write_bytes(gzip.compress(content, 1))
    spec(folder, IMAGES.replace("DATA", "pets.tar.gz"))


def a_pax_header(folder: Path) -> None:
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 4 << 30
    with gzip.open(folder / "pets.tar.gz", "wb", 1) as file:
        file.write(header.tobuf(tarfile.GNU_FORMAT))
        for _ in range(64):
            file.write(bytes(16 << 20))
    spec(folder, IMAGES.replace("DATA", "pets.tar.gz"))


def zeros_behind(folder: Path) -> None:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a/1.png"))
    with gzip.open(folder / "pets.tar.gz", "wb", 1) as file:
        file.write(held.getvalue())
        for _ in range(64):
            file.write(bytes(16 << 20))
    spec(folder, IMAGES.replace("DATA", "pets.tar.gz"))


def many_in_a_tar(folder: Path) -> None:
    with gzip.open(folder / "pets.tar.gz", "wb", 1) as file:
        for number in range(200_000):
            file.write(tarfile.TarInfo(f"a/{number}.png").tobuf(tarfile.USTAR_FORMAT))
        file.write(bytes(1024))
    spec(folder, IMAGES.replace("DATA", "pets.tar.gz"))


def _zip(folder: Path, name: str, names: list[str]) -> None:
    """An archive of empty files, written by hand: in a tenth of zipfile's time."""
    entries = bytearray()
    content = bytearray()
    for each in names:
        encoded = each.encode()
        common = b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" + len(encoded).to_bytes(2, "little") + b"\0\0"
        entries += b"PK\1\2\x14\0\x14\0" + common + bytes(10) + len(content).to_bytes(4, "little") + encoded
        content += b"PK\3\4\x14\0" + common + encoded
    count = min(len(names), 0xFFFF).to_bytes(2, "little")
    end64 = (
        b"PK\6\6" + (44).to_bytes(8, "little") + b"\x2d\0\x2d\0" + bytes(8)
        + 2 * len(names).to_bytes(8, "little")
        + len(entries).to_bytes(8, "little") + len(content).to_bytes(8, "little")
    )  # fmt: skip
    locator = b"PK\6\7" + bytes(4) + (len(content) + len(entries)).to_bytes(8, "little") + b"\1\0\0\0"
    end = b"PK\5\6" + bytes(4) + 2 * count + len(entries).to_bytes(4, "little")
    end += len(content).to_bytes(4, "little") + b"\0\0"
    (folder / name).write_bytes(bytes(content + entries) + end64 + locator + end)


def many_in_a_zip(folder: Path) -> None:
    _zip(folder, "pets.zip", [f"a/{number}.png" for number in range(1_000_000)])
    spec(folder, IMAGES.replace("DATA", "pets.zip"))


def many_arrays_more(folder: Path) -> None:
    _zip(folder, "data.npz", [f"a{number}.npy" for number in range(1_000_000)])
    spec(folder, ARRAYS)


def many_folders(folder: Path) -> None:
    _zip(folder, "pets.zip", [f"{number}/{number}.png" for number in range(30_000)])
    spec(folder, IMAGES.replace("DATA", "pets.zip"))


def deep_folders(folder: Path) -> None:
    _zip(folder, "pets.zip", ["a/" * 30_000 + "1.png"])
    spec(folder, IMAGES.replace("DATA", "pets.zip"))


def deep_folders_each(folder: Path) -> None:
    _zip(folder, "pets.zip", ["a/" * 300 + f"{number}.png" for number in range(2_000)])
    spec(folder, IMAGES.replace("DATA", "pets.zip"))


def many_files(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / "pets" / name).mkdir(parents=True)
    first = folder / "pets" / "a" / "0.png"
    first.write_bytes(b"")
    for number in range(1, 30_000):
        os.link(first, folder / "pets" / ("a", "b")[number % 2] / f"{number}.png")
    spec(folder, IMAGES.replace("DATA", "pets"))


def a_long_word(folder: Path) -> None:
    spec(folder, SOUND.replace("softmax", "x" * 10_000_000))


def a_long_key(folder: Path) -> None:
    spec(folder, SOUND + f"{'x' * 1_000_000}: 1\n")


def many_keys(folder: Path) -> None:
    spec(folder, SOUND + "".join(f"key{number}: 1\n" for number in range(50_000)))


def a_huge_image(folder: Path) -> None:
    import struct
    import zlib

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    for name in ("a", "b"):
        (folder / "pets" / name).mkdir(parents=True)
        content = (
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1 << 20)))
        )
        (folder / "pets" / name / "1.png").write_bytes(content + chunk(b"IEND", b""))
    spec(folder, IMAGES.replace("DATA", "pets"))


def weights_of_zeros(folder: Path) -> None:
    """12 GB in 12 MB, as a member of model.keras."""
    (path,) = (folder / "runs").glob("*/2*/checkpoints/last/model.keras")
    _grown(path, "model.weights.h5", 12 << 30)


def a_state_of_zeros(folder: Path) -> None:
    (path,) = (folder / "runs").glob("*/2*/checkpoints/last/state.npz")
    _grown(path, "more.npy", 30 << 30)


def _grown(path: Path, name: str, size: int) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {each: archive.read(each) for each in archive.namelist() if each != name}
    path.unlink()
    zeros = bytes(64 << 20)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for each, content in members.items():
            archive.writestr(each, content)
        with archive.open(name, "w", force_zip64=True) as member:
            for _ in range(size // len(zeros)):
                member.write(zeros)


VALIDATE = "validate s.yaml"
BOMBS: Mapping[str, tuple[Callable[[Path], None], str]] = {
    "a Concatenate of 5,000 inputs": (wide_concatenation, VALIDATE),
    "100,000 class names": (class_names, VALIDATE),
    "a billion classes": (a_billion_classes, VALIDATE),
    "a word of 10 million letters": (a_long_word, VALIDATE),
    "a key of a million letters": (a_long_key, VALIDATE),
    "50,000 unknown keys": (many_keys, VALIDATE),
    "an npz of 20,000 arrays": (many_arrays, VALIDATE),
    "an npz of a million arrays": (many_arrays_more, VALIDATE),
    "an array of 20,000 axes": (one_wide_array, VALIDATE),
    "an array of 6 GB of zeros": (an_array_of_zeros, VALIDATE),
    "200,000 columns, all named": (named_columns, VALIDATE),
    "200,000 columns, one named": (columns_beside, VALIDATE),
    "200,000 columns, another named": (a_column_that_is_not_there, VALIDATE),
    "200,000 columns, one twice": (repeated_columns, VALIDATE),
    "a CSV line of 100 MB": (a_long_line, VALIDATE),
    "a CSV header of 20 million commas": (a_header_of_commas, VALIDATE),
    "a quote that is never closed": (long_cells, VALIDATE),
    "a number of 10 million digits": (a_long_number, VALIDATE),
    "a pax header of 4 GB": (a_pax_header, VALIDATE),
    "zeros behind an archive": (zeros_behind, VALIDATE),
    "a tar.gz of 200,000 files": (many_in_a_tar, VALIDATE),
    "a zip of a million files": (many_in_a_zip, VALIDATE),
    "a zip of 30,000 classes": (many_folders, VALIDATE),
    "a zip of a path 30,000 deep": (deep_folders, VALIDATE),
    "a zip of 2,000 paths 300 deep": (deep_folders_each, VALIDATE),
    "a folder of 30,000 empty files": (many_files, VALIDATE),
    "images of 100,000×100,000": (a_huge_image, VALIDATE),
}
WITH_ENGINE: Mapping[str, tuple[Callable[[Path], None], str]] = {
    "images of 100,000×100,000, trained on": (a_huge_image, "train s.yaml"),
    "weights of 12 GB of zeros": (weights_of_zeros, "evaluate sound"),
    "a state of 30 GB of zeros": (a_state_of_zeros, "train --resume sound --epochs 2"),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*")
    parser.add_argument("--with-engine", action="store_true")
    chosen = parser.parse_args()
    print(f"{'bomb':<36}{'built':>9}{'seconds':>9}{'MB':>7}  code  what is said")
    with tempfile.TemporaryDirectory() as held:
        spec(Path(held), SOUND)
        sound = min(cost(Path(held), VALIDATE) for _ in range(3))
        for name, (build, command) in BOMBS.items():
            if not chosen.names or any(word in name for word in chosen.names):
                _row(name, build, command, None, sound._replace(megabytes=0))
        if chosen.with_engine:
            cost(Path(held), "train s.yaml")
            for name, (build, command) in WITH_ENGINE.items():
                if not chosen.names or any(word in name for word in chosen.names):
                    _row(name, build, command, Path(held), _sound_cost(Path(held), command))


def _sound_cost(run: Path, command: str) -> Cost:
    """What the command takes where no file costs much."""
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held) / "there"
        shutil.copytree(run, folder, symlinks=True)
        return cost(folder, command)


def _row(name: str, build: Callable[[Path], None], command: str, run: Path | None, sound: Cost) -> None:
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held) / "there"
        if run is None:
            folder.mkdir()
        else:
            shutil.copytree(run, folder, symlinks=True)
        built(build, folder)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        took = cost(folder, command)
    seconds, megabytes = took.seconds - sound.seconds, took.megabytes - sound.megabytes
    over = "" if seconds < SECONDS and megabytes < MEGABYTES else "  OVER"
    print(
        f"{name:<36}{size / 1e6:>6.1f} MB{seconds:>9.2f}{megabytes:>7.0f}{took.code:>6}  "
        f"{took.said[:70]}{over}",
        flush=True,
    )


if __name__ == "__main__":
    main()
