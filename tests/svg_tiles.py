"""Reads back what an SVG document shows: the images in it by their ids, and its words."""

import base64
import io
import xml.etree.ElementTree as ElementTree

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"


def tiles(svg: bytes) -> dict[str, NDArray[np.uint8]]:
    """Pixels of (height, width, 3) by id, as they are embedded."""
    found = {}
    for image in ElementTree.fromstring(svg).iter(f"{SVG}image"):
        _, _, content = image.attrib[LINK].partition("base64,")
        pixels = Image.open(io.BytesIO(base64.b64decode(content))).convert("RGB")
        found[image.attrib["id"]] = np.asarray(pixels)
    return found


def words(svg: bytes) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]
