"""Puts the gallery into wheels as `nettool/configs`; in the repository it stands once, in `configs/`."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithGallery(build_py):
    """Copies the gallery beside the modules; an editable installation reads it where it is."""

    def run(self) -> None:
        """Build the modules, then add the gallery."""
        super().run()
        if not self.editable_mode:
            gallery = Path(self.build_lib, "nettool", "configs")
            shutil.rmtree(gallery, ignore_errors=True)
            shutil.copytree("configs", gallery)


setup(cmdclass={"build_py": BuildWithGallery})
