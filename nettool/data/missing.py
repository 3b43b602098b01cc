"""What is told when a data set's files are not to be had: where they were sought and can be got."""

from pathlib import Path

from nettool.data.catalogue import DataSet
from nettool.data.failure import DataMissing
from nettool.data.place import DATA_DIR_VARIABLE, Place, folders


def missing(message: str, dataset: DataSet, place: Place, remarks: list[str]) -> DataMissing:
    """The failure, ready to be raised; `remarks` are what was found and would not do."""
    names = [file.file.name for file in dataset.downloads]
    others = [
        form.files[0][0].name + (" …" if len(form.files) > 1 else "")
        for form in dataset.forms
        if form.files[0][0].name not in names
    ]
    return DataMissing(
        message,
        (
            f"wanted: {', '.join(names)}" + (f" (or {', '.join(others)})" if others else ""),
            *(f"looked in: {spelt(folder.path)} ({folder.origin})" for folder in folders(place)),
            *remarks,
            *(f"published at: {file.url}" for file in dataset.downloads),
            f"put them in a folder and name it with --data-dir or {DATA_DIR_VARIABLE}",
            "meanwhile: `--data digits` uses handwritten digits that need no files, `--smoke` random values",
        ),
    )


def spelt(path: Path) -> str:
    """A folder as it is told, with a word if there is none."""
    return str(path) if path.is_dir() else f"{path}, which is no folder"
