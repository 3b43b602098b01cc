"""Which images a folder of classes holds, part by part, known from the names in it alone."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from nettool.data.failure import DataError
from nettool.data.images.image_header import ENDINGS
from nettool.data.sources.folders.folder_names import FolderNames
from nettool.data.sources.source import SET_NAMES, PartName
from nettool.diagnostics.suggest import listing

PART_FOLDERS: Mapping[str, PartName] = {
    "train": "train",
    "training": "train",
    "validation": "validation",
    "valid": "validation",
    "val": "validation",
    "test": "test",
    "testing": "test",
}
_LAYOUT = "expected: a folder of images for each class, or `train` (`validation`, `test`) with such folders"
_NAMED = 3
"""Files that a note names."""

Inside = Mapping[str, list[str]]
"""The names in a folder, in order, by the prefix of all that lies in it."""

Images = Mapping[PartName, Mapping[str, list[str]]]
"""By part and class."""


@dataclass(frozen=True, slots=True)
class FolderListing:
    """The classes, and of each part the images in a fixed mixed order: name and number of the class."""

    classes: tuple[str, ...]
    parts: Mapping[PartName, tuple[tuple[str, int], ...]]
    notes: tuple[str, ...]


def folder_listing(names: FolderNames, source: str) -> FolderListing:
    """What the folder `source` with these names holds; the notes name what is skipped.

    A folder in which there is nothing but one folder of folders stands for that one. Classes are in the order
    of the alphabet, whole numbers by size. The order of the images depends on their names alone and mixes the
    classes.

    Raises DataError when there are no folders of classes, when one of them has no image, and when a part has
    a class that the training part lacks.
    """
    folders = _by_parent(sorted(names.folders))
    root = _root(folders, _by_parent(names.files))
    prefixes = _part_prefixes(folders, root, source)
    images: Images = {
        part: {name: [] for name in folders.get(prefix, ())} for part, prefix in prefixes.items()
    }
    skipped = _sort(names, prefixes, images)
    for part, of_part in images.items():
        _check(part, of_part, images["train"], f"{source}/{prefixes[part]}".rstrip("/"))
    classes = _in_order(images["train"])
    number = {name: place for place, name in enumerate(classes)}
    parts = {
        part: _mixed(((path, number[name]) for name in of_part for path in of_part[name]), len(root))
        for part, of_part in images.items()
    }
    return FolderListing(classes, parts, (*_skip_notes(skipped, source), *_lacking(images, source)))


def _root(folders: Inside, files: Inside) -> str:
    prefix = ""
    while True:
        inside = folders.get(prefix, [])
        if len(inside) != 1 or inside[0].lower() in PART_FOLDERS:
            return prefix
        deeper = f"{prefix}{inside[0]}/"
        if not folders.get(deeper) or any(map(_is_image, files.get(prefix, ()))):
            return prefix
        prefix = deeper


def _part_prefixes(folders: Inside, root: str, source: str) -> dict[PartName, str]:
    """The prefix of the names of each part; the root is the training part if there are none."""
    prefixes: dict[PartName, str] = {}
    for name in folders.get(root, ()):
        part = PART_FOLDERS.get(name.lower())
        if part is not None and part in prefixes:
            raise DataError(
                f"`{source}` has two folders for its {SET_NAMES[part]}: `{prefixes[part]}` and `{name}/`"
            )
        if part is not None:
            prefixes[part] = f"{root}{name}/"
    if prefixes and "train" not in prefixes:
        only = listing(prefix.rstrip("/") for prefix in prefixes.values())
        raise DataError(f"`{source}` has {only}, but no `train`", (_LAYOUT,))
    return prefixes or {"train": root}


def _sort(
    names: FolderNames, prefixes: Mapping[PartName, str], images: Images
) -> tuple[list[str], list[str]]:
    """Put the images where they belong; what is not an image, and images in no class's folder."""
    others, outside = [], []
    for path in names.files:
        if not _is_image(path):
            others.append(path)
            continue
        part = next((part for part, prefix in prefixes.items() if path.startswith(prefix)), None)
        name, _, rest = path[len(prefixes[part]) :].partition("/") if part else ("", "", "")
        if part and rest:
            images[part][name].append(path)
        else:
            outside.append(path)
    return others, outside


def _check(part: PartName, images: Mapping[str, list[str]], learned: Collection[str], where: str) -> None:
    if not images:
        raise DataError(f"`{where}` has no folders of classes", (_LAYOUT,))
    for name, of_class in images.items():
        if name not in learned:
            message = f"`{where}/{name}` is a class without a folder in the training set"
            expected = f"expected: every class of the {SET_NAMES[part]} also in the training set"
            raise DataError(message, (expected,))
        if not of_class:
            endings = ", ".join(ENDINGS)
            raise DataError(f"`{where}/{name}` has no images", (f"expected: files that end in {endings}",))


def _in_order(classes: Collection[str]) -> tuple[str, ...]:
    are_numbers = all(name.isdecimal() for name in classes)
    return tuple(sorted(classes, key=lambda name: (int(name), name) if are_numbers else (0, name)))


def _mixed(images: Iterator[tuple[str, int]], root: int) -> tuple[tuple[str, int], ...]:
    """In the order of a checksum of the names, the first `root` letters left out."""

    def checksum(image: tuple[str, int]) -> bytes:
        return blake2b(image[0][root:].encode(errors="surrogateescape"), digest_size=16).digest()

    return tuple(sorted(images, key=checksum))


def _skip_notes(found: tuple[list[str], list[str]], source: str) -> Iterator[str]:
    no_images, in_no_class = found
    yield from _skipped(no_images, source, ("is not an image", "are not images"))
    where = "not in a folder of a class"
    yield from _skipped(in_no_class, source, (f"is {where}", f"are {where}"))


def _skipped(files: list[str], source: str, why: tuple[str, str]) -> Iterator[str]:
    """A note; `why` of one file, and of several."""
    if files:
        count = "1 file" if len(files) == 1 else f"{len(files):,} files"
        named = ", ".join(sorted(files)[:_NAMED]) + (" …" if len(files) > _NAMED else "")
        yield f"skipped {count} of {source} that {why[len(files) > 1]}: {named}"


def _lacking(images: Images, source: str) -> Iterator[str]:
    for part, of_part in images.items():
        lacking = [name for name in _in_order(images["train"]) if name not in of_part]
        if lacking:
            which = "class" if len(lacking) == 1 else "classes"
            yield f"the {SET_NAMES[part]} of {source} has no images of the {which} {listing(lacking)}"


def _by_parent(paths: Collection[str]) -> Mapping[str, list[str]]:
    """What lies directly in each folder, by the folder's prefix: a path once, however many folders ask."""
    found: dict[str, list[str]] = {}
    for path in paths:
        parent, slash, name = path.rpartition("/")
        if name:
            found.setdefault(parent + slash, []).append(name)
    return found


def _is_image(path: str) -> bool:
    return path.lower().endswith(ENDINGS)
