"""Small data of a user's own, in the files that people keep them in."""

from pathlib import Path

import numpy as np
from PIL import Image

SHAPES = ("circle", "square", "star")
HOUSES = """rooms,area,kind,price
3,70.5,flat,200
5,120,house,410
2,41,flat,150
4,99,house,320
6,180,villa,900
7,210,villa,990
"""


def write_own_files(folder: Path) -> None:
    """`shapes.npz`, `uneven.npz`, `houses.csv`, and the folder `pets` with cats and dogs of several sizes."""
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (6, 8, 8, 1), dtype=np.uint8)
    labels = np.array([0, 1, 2, 0, 1, 2])
    np.savez(folder / "shapes.npz", image=images, label=labels)
    np.savez(folder / "uneven.npz", image=images, label=labels[:5])
    (folder / "houses.csv").write_text(HOUSES)
    for pet in ("cat", "dog"):
        (folder / "pets" / pet).mkdir(parents=True)
        for number, side in enumerate((8, 8, 9)):
            values = random.integers(0, 256, (side, 8, 3), dtype=np.uint8)
            Image.fromarray(values).save(folder / "pets" / pet / f"{number}.png")
