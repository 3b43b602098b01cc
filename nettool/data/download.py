"""Fetches a data set's published files into nettool's cache, with pooch."""

import logging
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from nettool.data.catalogue import DataSet
from nettool.data.checksum import algorithm_of, file_checksum
from nettool.data.failure import DataMissing
from nettool.data.published import Download


def download(dataset: DataSet, cache: Path, say: Callable[[str], None], *, progress: bool) -> None:
    """Bring the data set's files to `cache/<its name>/`; files that are there already stay.

    A file appears whole and with the published checksum, or not at all. With `progress`, a bar is drawn on
    standard error if that is a terminal. Raises DataMissing when the network or the disk fails, or when what
    came is not the published file.
    """
    for wanted in dataset.downloads:
        if _is_there(wanted, cache / dataset.name / wanted.file.name):
            continue
        size = f"{wanted.size / 1e6:,.1f} MB" if wanted.size >= 1e5 else f"{wanted.size / 1e3:,.1f} kB"
        say(f"downloading {wanted.file.name} of {dataset.name} ({size}) from {wanted.url}")
        try:
            _fetch(wanted, cache / dataset.name, progress=progress and sys.stderr.isatty())
        except (
            OSError,
            ValueError,
        ) as error:  # requests' exceptions are OSErrors; a wrong checksum is a ValueError
            reason = _reason(error)
            raise DataMissing(
                f"{wanted.file.name} of {dataset.name} could not be downloaded: {reason}"
            ) from error


def _is_there(wanted: Download, path: Path) -> bool:
    checksum = wanted.file.checksum
    return checksum is not None and path.is_file() and file_checksum(path, algorithm_of(checksum)) == checksum


def _fetch(wanted: Download, folder: Path, *, progress: bool) -> None:
    import pooch

    from nettool.data.download_bar import DownloadBar

    pooch.get_logger().setLevel(logging.WARNING)
    with DownloadBar(wanted.file.name) if progress else nullcontext() as bar:
        pooch.retrieve(
            wanted.url,
            known_hash=wanted.file.checksum,
            fname=wanted.file.name,
            path=folder,
            downloader=pooch.HTTPDownloader(progressbar=bar or False),
        )


def _reason(error: Exception) -> str:
    import requests

    if isinstance(error, requests.HTTPError) and error.response is not None:
        return f"the server answered {error.response.status_code} {error.response.reason}"
    if isinstance(error, requests.Timeout):
        return "the server did not answer in time"
    if isinstance(error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError):
        return "the network cannot be reached, or the connection broke off"
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        return "what came is not the published file (its checksum differs)"
    return str(error)
