"""Small folders of images, written as people have them."""

from pathlib import Path

import numpy as np
from PIL import Image


def picture(number: int, height: int = 12, width: int = 10, mode: str = "RGB") -> Image.Image:
    """Soft random colours, a different picture for each number."""
    coarse = np.random.default_rng(number).integers(0, 256, (3, 3, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC).convert(mode)


def write(path: Path, image: Image.Image | None = None, **options: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    (image or picture(0)).save(path, **options)
    return path


def folder_of(root: Path, classes: dict[str, int], part: str = "", ending: str = ".png", **size: int) -> Path:
    """So many images of each class; all of them are different."""
    for number, (name, count) in enumerate(classes.items()):
        for image in range(count):
            write(root / part / name / f"{image:02}{ending}", picture(hash_of(part, number, image), **size))
    return root


def hash_of(part: str, number: int, image: int) -> int:
    return 1000 * len(part) + 100 * number + image
