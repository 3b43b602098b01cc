"""A folder for the pictures that a network gives, each under the name of its sample."""

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nettool.record.disk.atomic import write_bytes


class PictureFolder:
    """Writes PNG files; a name that is taken gets a number. `outputs` is how many give pictures."""

    def __init__(self, folder: Path, outputs: int) -> None:
        self._folder = folder
        self._has_several = outputs > 1
        self._taken: set[str] = set()

    def keep(self, pixels: NDArray[np.uint8], sample: str, output: str) -> str:
        """Write the picture, uint8 of (height, width, 1 or 3), and give its path. Raises OSError."""
        from PIL import Image

        content = io.BytesIO()
        Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels).save(content, "PNG")
        path = self._folder / f"{self._name(sample, output)}.png"
        write_bytes(path, content.getvalue())
        return str(path)

    def _name(self, sample: str, output: str) -> str:
        """`3.png` becomes `3`, `shapes.npz[3]` becomes `shapes-3`."""
        file, bracket, number = sample.partition("[")
        stem = " + ".join(Path(part).stem for part in file.split(" + "))
        stem += f"-{number.rstrip(']')}" if bracket else ""
        stem += f"-{output}" if self._has_several else ""
        name, count = stem, 1
        while name in self._taken:
            count += 1
            name = f"{stem}-{count}"
        self._taken.add(name)
        return name
