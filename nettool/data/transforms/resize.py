"""Changes the size of images, bilinearly, with Pillow."""

import numpy as np

from nettool.data.samples import Images

_IMAGES_AT_ONCE = 256


def resize(images: Images, height: int, width: int) -> Images:
    """The images, (samples, height, width, channels), at another height and width.

    Bilinear with Pillow, whose filter grows wider when an image shrinks, so that no pixel is left out. Many
    images go through Pillow as one: first all their rows, then all their columns, which takes a fraction of
    the time and, as Pillow too rounds in between, gives the same values. (Where one side grows and the other
    shrinks, Pillow may take the columns first; the rounding then can differ by 1.)
    """
    if images.shape[1:3] == (height, width):
        return images
    resized = np.empty((len(images), height, width, images.shape[3]), np.uint8)
    for start in range(0, len(images), _IMAGES_AT_ONCE):
        some = slice(start, start + _IMAGES_AT_ONCE)
        resized[some] = _resize_together(images[some], height, width)
    return resized


def _resize_together(images: Images, height: int, width: int) -> Images:
    count, old_height, old_width, channels = images.shape
    stacked = images.reshape(count * old_height, old_width, channels)
    wide = _resize_one(stacked, count * old_height, width).reshape(count, old_height, width, channels)
    beside = wide.transpose(1, 0, 2, 3).reshape(old_height, count * width * channels, 1)
    tall = _resize_one(beside, height, count * width * channels)
    return tall.reshape(height, count, width, channels).transpose(1, 0, 2, 3)


def _resize_one(image: Images, height: int, width: int) -> Images:
    from PIL import Image

    pixels = image[:, :, 0] if image.shape[2] == 1 else image
    return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR))
