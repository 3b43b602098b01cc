"""`folder`: images of the user's own, by class."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.spec.data.origins.files import name_of_path
from nettool.spec.data.origins.origin import Origin
from nettool.spec.keys.key import key
from nettool.spec.keys.path_kind import PATH_WORDS, PathKind
from nettool.spec.yaml.located import Located

if TYPE_CHECKING:
    from nettool.data.sources.source import DataSource
    from nettool.diagnostics.diagnostic import Findings


@dataclass(frozen=True, slots=True)
class FolderOrigin(Origin):
    """A folder, or an archive of one."""

    path: Located[Path] = key(
        PathKind((".zip", ".tar", ".gz", "")),
        name="folder",
        meaning="Images of your own: a folder (or .zip, .tar) with a folder for each class, by part or not.",
        example="pets",
        others=("dir", "directory", "images", "image_dir", "data_dir", *PATH_WORDS),
    )

    def source(self, findings: Findings) -> DataSource | None:
        """The images below the folder."""
        from nettool.data.sources.folders.image_folder import ImageFolder

        path = self.path.value
        return ImageFolder(name_of_path(path), path)
