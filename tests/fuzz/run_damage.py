"""Damage to one file of a run, as a full disk, an editor, another program or a stranger would do it."""

import hashlib
import io
import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import numpy as np
import yaml

OTHERS: tuple[Any, ...] = (
    *(None, True, False, -7, 0, 1, 1.5, 1e308, 10**400, float("nan"), float("inf"), float("-inf")),
    *("", "x", "nan", "\ud800", "\x1b]0;title\x07", "../../../outside", "/dev/zero", "a" * 3_000, "\0"),
    *([], [[]], [None], {}, {"x": 1}, list(range(2_000)), "NESTED"),
)
"""Values that stand in the place of another."""

NESTED = '"NESTED"'
DEPTH = 50_000
_OF_THOSE_READ = 0.85
"""How often a file is damaged that the command reads: what it does not read can do it no harm."""
WORD = ("state", "loss", "epoch")


def damage(run: Path, read: Sequence[str], random: Random) -> str:
    """Damage one file of the run, mostly one of those that are `read`, and say how."""
    of_those_read = read and random.random() < _OF_THOSE_READ
    path = run / random.choice(read) if of_those_read else random.choice(_files(run))
    done = random.choice(_ways(path, random))
    return f"{path.relative_to(run)}: {done(path, random)}"


def _files(run: Path) -> Sequence[Path]:
    """All files, and folders."""
    return sorted(path for path in run.rglob("*") if path.suffix != ".png")


def _ways(path: Path, random: Random) -> Sequence[Callable[[Path, Random], str]]:
    instead = (_gone, _folder, _pipe, _link)
    if path.is_dir():
        return instead
    any_file = (*instead, _cut, _empty, _flipped, _other_bytes, _huge, _in_utf_16, _another_file)
    of_its_kind = {
        ".json": (_json, _json, _json, _json, _json_text),
        ".npz": (_state, _state, _state, _state_array),
        ".keras": (_model, _model),
        ".csv": (_csv, _csv, _csv),
        ".yaml": (_yaml, _yaml, _lines),
        ".log": (_lines,),
        ".svg": (_lines,),
    }.get(path.suffix, ())
    return of_its_kind if of_its_kind and random.random() < 0.7 else any_file


def _gone(path: Path, random: Random) -> str:
    _remove(path)
    return "is gone"


def _folder(path: Path, random: Random) -> str:
    _remove(path)
    path.mkdir()
    return "is a folder"


def _pipe(path: Path, random: Random) -> str:
    _remove(path)
    os.mkfifo(path)
    return "is a pipe"


def _link(path: Path, random: Random) -> str:
    """To a file or a folder outside, to nothing, to itself, or to a device."""
    kind = path.suffix
    targets = ("../../../outside", f"../../../outside/file{kind}", "nowhere", path.name, "/dev/zero")
    target = random.choice(targets)
    _remove(path)
    path.symlink_to(target)
    return f"is a link to {target}"


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _cut(path: Path, random: Random) -> str:
    length = random.randrange(path.stat().st_size + 1)
    path.write_bytes(path.read_bytes()[:length])
    return f"is cut off at {length}"


def _empty(path: Path, random: Random) -> str:
    path.write_bytes(b"")
    return "is empty"


def _flipped(path: Path, random: Random) -> str:
    content = bytearray(path.read_bytes())
    places = [random.randrange(len(content)) for _ in range(random.choice((1, 3, 30)))] if content else []
    for place in places:
        content[place] = random.randrange(256)
    path.write_bytes(content)
    return f"has other bytes at {places}"


def _other_bytes(path: Path, random: Random) -> str:
    path.write_bytes(random.randbytes(random.choice((1, 40, 5_000))))
    return "is random bytes"


def _huge(path: Path, random: Random) -> str:
    """Holds nothing, and takes no room on the disk."""
    os.truncate(path, 40_000_000_000)
    return "has 40 GB"


def _in_utf_16(path: Path, random: Random) -> str:
    path.write_bytes(path.read_bytes().decode("latin-1").encode("utf-16"))
    return "is UTF-16"


def _another_file(path: Path, random: Random) -> str:
    other = random.choice(sorted(each for each in path.parent.iterdir() if each.is_file()))
    path.write_bytes(other.read_bytes())
    return f"is a copy of {other.name}"


def _json(path: Path, random: Random) -> str:
    value, done = _altered(json.loads(path.read_bytes()), random)
    path.write_text(_text(value), encoding="utf-8")
    return done


def _text(value: object) -> str:
    deep = "[" * DEPTH + "]" * DEPTH
    return json.dumps(value).replace(NESTED, deep)


def _altered(value: Any, random: Random) -> tuple[Any, str]:
    """One value another one, one key or item fewer, or one more."""
    place = random.choice(_places(value))
    if place and random.random() < 0.2:
        return _changed(value, place, None, is_gone=True), f"{place} is gone"
    other = random.choice(OTHERS)
    return _changed(value, place, other), f"{place} is {str(other)[:40]!a}"


def _places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    # Of long lists the beginning will do.
    inner = [found for key, each in list(pairs)[:12] for found in _places(each, (*place, key))]
    return [place, *inner]


def _changed(value: Any, place: tuple[Any, ...], other: Any, *, is_gone: bool = False) -> Any:
    if not place:
        return other
    copy = dict(value) if isinstance(value, dict) else list(value)
    if is_gone and len(place) == 1:
        del copy[place[0]]
    else:
        copy[place[0]] = _changed(value[place[0]], place[1:], other, is_gone=is_gone)
    return copy


def _json_text(path: Path, random: Random) -> str:
    text = path.read_text(encoding="utf-8")
    before, after = random.choice(
        (
            (":", ": -Infinity, 'x':"),
            ("{", "[" * DEPTH),
            ('"', ""),
            (", ", ","),
            ("0", "0" * 5_000),
            ("}", ""),
        )
    )
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return f"has {after[:9]!r} for {before!r}"


def _members(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write(path: Path, members: dict[str, bytes], *, has_checksum: bool) -> None:
    path.unlink()  # it may be one file with others
    digest = hashlib.sha256()
    with ZipFile(path, "w", ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
            digest.update(content)
        if has_checksum:
            archive.comment = digest.hexdigest().encode()


def _state(path: Path, random: Random) -> str:
    """With a checksum that is right."""
    members = _members(path)
    name = next(each for each in members if each.endswith(".json"))
    value, done = _altered(json.loads(members[name]), random)
    _write(path, {**members, name: _text(value).encode()}, has_checksum=True)
    return f"{name}: {done}"


def _state_array(path: Path, random: Random) -> str:
    members = _members(path)
    name = random.choice([each for each in members if each.endswith(".npy")])
    values = np.load(io.BytesIO(members[name]))
    other = random.choice(
        (
            values.ravel(),
            values[None],
            values.astype("float64"),
            values.astype("int8"),
            values.astype("S3"),
            np.full(values.shape, np.nan),
            np.array(None),
        )
    )
    buffer = io.BytesIO()
    np.save(buffer, other)
    _write(path, {**members, name: buffer.getvalue()}, has_checksum=True)
    return f"{name} is {other.dtype} {other.shape}"


def _model(path: Path, random: Random) -> str:
    members = _members(path)
    name = random.choice(["config.json", "nettool/preparation.json", *members])
    if not name.endswith(".json"):
        content = bytearray(members[name])
        place = random.randrange(len(content))
        content[place] ^= 255
        _write(path, {**members, name: bytes(content)}, has_checksum=False)
        return f"{name} has another byte at {place}"
    value, done = _altered(json.loads(members[name]), random)
    _write(path, {**members, name: _text(value).encode()}, has_checksum=False)
    return f"{name}: {done}"


def _csv(path: Path, random: Random) -> str:
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    row = random.randrange(len(rows))
    column = random.randrange(len(rows[row]))
    kind = random.choice(("cell", "cell", "cell", "column", "row", "twice", "order", "short"))
    if kind == "cell":
        rows[row][column] = random.choice(
            ("", "x", "nan", "inf", "-1", "1e999", "1_0", "٣", '"', "\0", "0.5")
        )
    elif kind == "column":
        rows = [[cell for place, cell in enumerate(each) if place != column] for each in rows]
    elif kind == "row":
        del rows[row]
    elif kind == "twice":
        rows.insert(row, rows[row])
    elif kind == "order":
        rows.reverse()
    else:
        rows[row] = rows[row][:column]
    path.write_text("".join(",".join(each) + "\n" for each in rows), encoding="utf-8")
    return f"{kind} at {row}, {column}"


def _yaml(path: Path, random: Random) -> str:
    value, done = _altered(yaml.safe_load(path.read_text(encoding="utf-8")), random)
    # JSON is YAML, but for escapes of halves of letters.
    path.write_text(_text(value).replace("\\ud800", "?"), encoding="utf-8")
    return done


def _lines(path: Path, random: Random) -> str:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = random.randrange(len(lines))
    lines[place : place + random.choice((0, 1, 3))] = [random.choice(("", "\x1b[2J\0\n", "%TAG\n", "- :\n"))]
    path.write_text("".join(lines), encoding="utf-8")
    return f"other lines at {place}"
