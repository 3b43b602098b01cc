"""Fetches a data set's published files into nettool's cache: whole and right, or not at all."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from nettool.data.builtin.catalogue import DataSet
from nettool.data.builtin.fetch_url import DownloadBar, fetch
from nettool.data.builtin.published import Download
from nettool.data.failure import DataMissing
from nettool.data.formats.checksums import algorithm_of, file_checksum
from nettool.data.formats.one_at_a_time import one_at_a_time

Say = Callable[[str], None]


def download(dataset: DataSet, cache: Path, say: Say, *, progress: bool) -> None:
    """Bring the data set's files to `cache/<its name>/`; files that are there already stay.

    A file appears whole and with the published checksum, or not at all; what came of it before the network
    failed or the user stopped lies beside as `<name>.part`, and the next attempt resumes there. With
    `progress`, a bar is drawn on standard error if that is a terminal. Raises DataMissing when the network or
    the disk fails, or when what came is not the published file.
    """
    folder = cache / dataset.name
    for wanted in dataset.downloads:
        if _is_there(wanted, folder):
            continue
        try:
            with _existing(folder), one_at_a_time(folder, lambda: say(_waiting(dataset))):
                if not _is_there(wanted, folder):
                    say(_announcement(wanted, dataset, folder))
                    _fetch(wanted, folder, progress=progress and sys.stderr.isatty())
        except (OSError, _NotThePublishedFile) as error:  # requests' exceptions are OSErrors
            what = f"{wanted.file.name} of {dataset.name} could not be downloaded"
            raise DataMissing(f"{what}: {_reason(error)}{_kept(wanted, folder)}") from error


class _NotThePublishedFile(Exception):
    """The checksum differs."""


def _is_there(wanted: Download, folder: Path) -> bool:
    return _is_published(folder / wanted.file.name, wanted)


def _is_published(path: Path, wanted: Download) -> bool:
    checksum = wanted.file.checksum
    return checksum is not None and path.is_file() and file_checksum(path, algorithm_of(checksum)) == checksum


def _part(wanted: Download, folder: Path) -> Path:
    return folder / f"{wanted.file.name}.part"


def _fetch(wanted: Download, folder: Path, *, progress: bool) -> None:
    part = _part(wanted, folder)
    with DownloadBar(wanted.file.name) if progress else nullcontext() as bar:
        went_on = fetch(wanted.url, part, wanted.size, bar)
        if went_on and not _is_published(part, wanted):
            # What an earlier attempt left may have been the beginning of something else.
            part.unlink()
            fetch(wanted.url, part, wanted.size, bar)
    if not _is_published(part, wanted):
        part.unlink()
        raise _NotThePublishedFile
    part.replace(folder / wanted.file.name)


@contextmanager
def _existing(folder: Path) -> Iterator[None]:
    """The folder is there within the block; what was made for a download of which nothing came goes again."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for part in folder.glob("*.part"):
            if not part.stat().st_size:
                part.unlink()
        with suppress(OSError):  # not empty
            for each in made:
                each.rmdir()
        raise


def _announcement(wanted: Download, dataset: DataSet, folder: Path) -> str:
    part, size = _part(wanted, folder), byte_text(wanted.size)
    which, how_much = wanted.file.name, size
    if part.is_file():
        which = f"the rest of {wanted.file.name}"
        how_much = f"{byte_text(part.stat().st_size)} of {size} are here"
    return f"downloading {which} of {dataset.name} ({how_much}) from {wanted.url}"


def _waiting(dataset: DataSet) -> str:
    return f"another process is downloading {dataset.name}: waiting for it"


def _kept(wanted: Download, folder: Path) -> str:
    part = _part(wanted, folder)
    if not part.is_file():
        return ""
    return f"; {byte_text(part.stat().st_size)} of it are kept, and the next attempt resumes there"


def _reason(error: Exception) -> str:
    import requests

    if isinstance(error, _NotThePublishedFile):
        return "what came is not the published file (its checksum differs)"
    if isinstance(error, requests.HTTPError) and error.response is not None:
        return f"the server answered {error.response.status_code} {error.response.reason}"
    if isinstance(error, requests.Timeout):
        return "the server did not answer in time"
    if isinstance(error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError):
        return "the network cannot be reached, or the connection broke off"
    return str(error)


def byte_text(count: int) -> str:
    """A number of bytes: `11.5 MB`, `29.5 kB`; one MB is 1,000,000 bytes, as publishers count."""
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{count / 1e3:,.1f} kB"
