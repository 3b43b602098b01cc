"""Where data may lie on this machine, in the order in which the places are tried."""

import os
from dataclasses import dataclass
from pathlib import Path

from nettool.diagnostics.caller import option

DATA_DIR_VARIABLE = "NETTOOL_DATA_DIR"
CACHE_DIR_VARIABLE = "NETTOOL_CACHE_DIR"


@dataclass(frozen=True, slots=True)
class Place:
    """What the caller says of where data are: look in `data_dir` first; `offline` forbids the network."""

    data_dir: Path | None = None
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder to look in; `origin` says on whose word. The user's own folders are `trusted`.

    Whatever is well-formed in a trusted folder is used. A cache holds downloads, which must be the published
    files or are skipped.
    """

    path: Path
    origin: str
    trusted: bool


def folders(place: Place) -> tuple[Folder, ...]:
    """The folders to look in: the user's, then nettool's cache, then Keras's; those that do not exist too."""
    found = []
    if place.data_dir is not None:
        found.append(Folder(place.data_dir, option("data_dir"), trusted=True))
    if variable := os.environ.get(DATA_DIR_VARIABLE):
        found.append(Folder(Path(variable).expanduser(), DATA_DIR_VARIABLE, trusted=True))
    found.append(Folder(own_cache(), "nettool's cache", trusted=False))
    found.append(Folder(_keras_cache(), "Keras's cache", trusted=False))
    return tuple(found)


def own_cache() -> Path:
    """Where downloads are kept: NETTOOL_CACHE_DIR, or else the customary place of the operating system."""
    if variable := os.environ.get(CACHE_DIR_VARIABLE):
        return Path(variable).expanduser()
    import platformdirs

    return platformdirs.user_cache_path("nettool")


def _keras_cache() -> Path:
    """Keras's own rule (keras/src/backend/config.py): KERAS_HOME, or else `.keras` in the home folder."""
    home = os.environ.get("KERAS_HOME") or "~/.keras"
    return Path(home).expanduser() / "datasets"
