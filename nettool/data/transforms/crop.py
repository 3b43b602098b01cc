"""Keeps the middle of images."""

from nettool.data.builtin.samples import Images


def crop(images: Images, height: int, width: int) -> Images:
    """The middle of the images, (samples, height, width, channels); nothing is copied.

    Where it cannot be the very middle, the bottom and the right lose one row or column more.
    """
    old_height, old_width = images.shape[1:3]
    top, left = (old_height - height) // 2, (old_width - width) // 2
    return images[:, top : top + height, left : left + width]
