"""Images from files against Pillow, one by one; and what is said of files that are none."""

import io
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from small_images import picture, write

from nettool.data.column import Column
from nettool.data.failure import DataError
from nettool.data.images import kept_images
from nettool.data.images.decode_image import decode_image
from nettool.data.images.image_files import ImageFiles
from nettool.data.images.image_header import ImageHeader, read_header
from nettool.data.images.image_sample import sampled
from nettool.data.transforms.resize import resize

JPEG_FORMS: dict[str, dict[str, object]] = {
    "444": {"quality": 95, "subsampling": 0},
    "422": {"quality": 90, "subsampling": 1},
    "420": {"quality": 75, "subsampling": 2},
    "progressive": {"progressive": True, "quality": 80},
    "optimized": {"optimize": True, "quality": 30},
    "restarts": {"restart_marker_rows": 1},
}


def by_pillow(path: Path, mode: str = "RGB") -> np.ndarray:
    pixels = np.asarray(Image.open(path).convert(mode))
    return pixels[..., np.newaxis] if pixels.ndim == 2 else pixels


@pytest.mark.parametrize("form", JPEG_FORMS)
@pytest.mark.parametrize("size", [(1, 1), (7, 9), (16, 16), (33, 50), (64, 48)], ids=str)
def test_a_jpeg_file_gives_pillow_s_pixels_bit_by_bit(
    tmp_path: Path, form: str, size: tuple[int, int]
) -> None:
    path = write(tmp_path / "a.jpg", picture(1, *size), **JPEG_FORMS[form])
    np.testing.assert_array_equal(decode_image(str(path), 3), by_pillow(path))


@pytest.mark.parametrize("ending", [".png", ".bmp", ".gif", ".webp", ".jpg"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_every_format_gives_pillow_s_pixels(tmp_path: Path, ending: str, mode: str) -> None:
    path = write(tmp_path / f"a{ending}", picture(3, mode=mode))
    np.testing.assert_array_equal(decode_image(str(path), 3), by_pillow(path))


def test_the_ending_of_a_name_need_not_tell_the_format(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jpg", picture(3), format="PNG")
    np.testing.assert_array_equal(decode_image(str(path), 3), by_pillow(path))


def test_a_cmyk_jpeg_file_becomes_colour(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jpg", picture(3, mode="CMYK"))
    np.testing.assert_array_equal(decode_image(str(path), 3), by_pillow(path))


def test_of_an_animation_the_first_picture_is_taken(tmp_path: Path) -> None:
    first, second = picture(1, mode="L"), picture(2, mode="L")
    path = tmp_path / "a.gif"
    first.save(path, save_all=True, append_images=[second])
    np.testing.assert_array_equal(decode_image(str(path), 1)[..., 0], np.asarray(first))


def test_a_palette_and_one_bit_become_colour_and_grey(tmp_path: Path) -> None:
    palette = write(tmp_path / "p.png", picture(4).quantize(16))
    np.testing.assert_array_equal(decode_image(str(palette), 3), by_pillow(palette))
    bits = write(tmp_path / "b.png", picture(4, mode="1"))
    np.testing.assert_array_equal(decode_image(str(bits), 1), by_pillow(bits, "L"))


def test_sixteen_bits_of_grey_become_eight_where_bytes_are_wanted(tmp_path: Path) -> None:
    values = np.arange(0, 65536, 256, dtype=np.uint16).reshape(16, 16) + 77
    Image.fromarray(values).save(tmp_path / "a.png")
    pixels = decode_image(str(tmp_path / "a.png"), 1)
    np.testing.assert_array_equal(pixels[..., 0], np.arange(256).reshape(16, 16))


def test_transparent_pixels_are_put_on_white(tmp_path: Path) -> None:
    pixels = np.zeros((1, 3, 4), np.uint8)
    pixels[0] = [(200, 0, 0, 255), (200, 0, 0, 0), (0, 0, 0, 51)]
    Image.fromarray(pixels, "RGBA").save(tmp_path / "a.png")
    expected = [[(200, 0, 0), (255, 255, 255), (204, 204, 204)]]
    assert decode_image(str(tmp_path / "a.png"), 3).tolist() == np.array(expected).tolist()
    grey = Image.fromarray(np.array([[[10, 255], [10, 0]]], np.uint8), "LA")
    grey.save(tmp_path / "b.png")
    assert decode_image(str(tmp_path / "b.png"), 1).tolist() == [[[10], [255]]]


def test_grey_is_repeated_and_colour_averaged(tmp_path: Path) -> None:
    colour, grey = write(tmp_path / "c.png"), write(tmp_path / "g.png", picture(0, mode="L"))
    np.testing.assert_array_equal(decode_image(str(grey), 3), np.repeat(by_pillow(grey, "L"), 3, axis=2))
    mean = np.rint(by_pillow(colour).astype(float).mean(axis=2, keepdims=True))
    np.testing.assert_array_equal(decode_image(str(colour), 1), mean)


def paths_of(folder: Path, count: int, **size: int) -> list[str]:
    return [str(write(folder / f"{number}.jpg", picture(number, **size))) for number in range(count)]


def test_rows_come_in_the_order_in_which_they_are_asked_for(tmp_path: Path) -> None:
    files = ImageFiles(paths_of(tmp_path, 40), (12, 10, 3))
    rows = np.array([39, 3, 3, 0, 17, *range(40)])
    expected = np.stack([by_pillow(Path(files.paths[row])) for row in rows])
    np.testing.assert_array_equal(files.read(rows), expected)
    assert (len(files), files.shape, files.dtype) == (40, (12, 10, 3), np.uint8)
    assert files.read(np.arange(0)).shape == (0, 12, 10, 3)


def test_images_of_mixed_sizes_are_resized_each_by_itself(tmp_path: Path) -> None:
    sizes = [(12, 10), (30, 20), (8, 8), (12, 10), (64, 50), (70, 9)]
    paths = [write(tmp_path / f"{n}.png", picture(n, *size)) for n, size in enumerate(sizes)]
    files = ImageFiles([str(path) for path in paths], (None, None, 3)).resized(16, 15)
    expected = np.concatenate([resize(by_pillow(path)[np.newaxis], 16, 15) for path in paths])
    np.testing.assert_array_equal(files.read(np.arange(6)), expected)
    assert files.shape == (16, 15, 3)


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that are decoded, as it happens."""
    found: list[str] = []

    def noting(path: str, *options: object, **more: object) -> np.ndarray:
        found.append(path)
        return decode_image(path, *options, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("nettool.data.images.decode_images.decode_image", noting)
    return found


def test_what_fits_into_memory_is_decoded_once(tmp_path: Path, decoded: list[str]) -> None:
    files = ImageFiles(paths_of(tmp_path, 9), (12, 10, 3))
    first = files.read(np.array([1, 2, 2]))
    assert sorted(decoded) == [files.paths[1], files.paths[2]]
    everything = files.read(np.arange(9))
    np.testing.assert_array_equal(everything[[1, 2, 2]], first)
    everything[:] = 0
    np.testing.assert_array_equal(files.read(np.array([1, 2, 2])), first)
    assert sorted(decoded) == sorted(files.paths)


def test_what_does_not_fit_is_decoded_each_time(
    tmp_path: Path, decoded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_images, "available_memory", lambda: 4 * 9 * 12 * 10 * 3 - 1)
    files = ImageFiles(paths_of(tmp_path, 9), (12, 10, 3))
    np.testing.assert_array_equal(files.read(np.arange(9)), files.read(np.arange(9)))
    assert len(decoded) == 18


def test_many_threads_read_the_same_values(tmp_path: Path) -> None:
    files = ImageFiles(paths_of(tmp_path, 40), (12, 10, 3)).resized(8, 8)
    expected = files.resized(8, 8).read(np.arange(40))
    found: list[np.ndarray] = []
    orders = [np.random.default_rng(seed).permutation(40) for seed in range(8)]
    threads = [
        threading.Thread(target=lambda rows=rows: found.append(files.read(rows)[np.argsort(rows)]))
        for rows in orders
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    for values in found:
        np.testing.assert_array_equal(values, expected)


def test_a_column_of_files_is_read_by_its_rows(tmp_path: Path) -> None:
    column = Column(ImageFiles(paths_of(tmp_path, 5), (12, 10, 3))).take(np.array([4, 0]))
    expected = np.stack([by_pillow(tmp_path / "4.jpg"), by_pillow(tmp_path / "0.jpg")])
    np.testing.assert_array_equal(column.array(), expected)


def jpeg(**size: int) -> bytes:
    stream = io.BytesIO()
    picture(1, **size).save(stream, "JPEG")
    return stream.getvalue()


def png(**size: int) -> bytes:
    stream = io.BytesIO()
    picture(1, **size).save(stream, "PNG")
    return stream.getvalue()


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "is not an image"),
    "text": (lambda: b"<html>not found</html>", "is not an image"),
    "truncated jpeg": (lambda: jpeg(height=40, width=40)[:-100], "is a damaged image: "),
    "only the start of a jpeg": (lambda: jpeg()[:40], "is "),
    "truncated png": (lambda: png(height=40, width=40)[:-100], "is a damaged image: "),
    "jpeg without end in its header": (lambda: b"\xff\xd8\xff" + bytes(50), "is "),
}


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.parametrize("wanted", [None, (8, 8)], ids=["as it is", "resized"])
def test_a_file_that_is_no_whole_image_is_named(
    tmp_path: Path, case: str, wanted: tuple[int, int] | None
) -> None:
    content, told = BROKEN[case]
    (tmp_path / "2.jpg").write_bytes(content())
    paths = [*paths_of(tmp_path, 2, height=40, width=40), str(tmp_path / "2.jpg")]
    files = ImageFiles(paths, (40, 40, 3))
    if wanted is not None:
        files = files.resized(*wanted)
    with pytest.raises(DataError) as raised:
        files.read(np.arange(3))
    assert raised.value.message.startswith(f"`{tmp_path / '2.jpg'}` {told}")


def test_a_file_that_has_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"`.*gone\.jpg` cannot be read: No such file or directory"):
        ImageFiles([str(tmp_path / "gone.jpg")], (4, 4, 3)).read(np.arange(1))


def test_an_image_of_another_size_is_named(tmp_path: Path) -> None:
    paths = [*paths_of(tmp_path, 3), str(write(tmp_path / "odd.png", picture(5, 12, 11)))]
    files = ImageFiles(paths, (12, 10, 3))
    told = f"`{tmp_path / 'odd.png'}` is 12×11 pixels, other images are 12×10"
    for look in (lambda: files.read(np.array([0, 3])), files.check, lambda: files.check(np.array([3, 0]))):
        with pytest.raises(DataError) as raised:
            look()
        assert raised.value.message == told
        assert raised.value.details == ("say `resize: [height, width]`, the size that all of them get",)
    files.check(np.array([0, 2]))


@pytest.mark.parametrize(
    ("mode", "is_grey", "is_transparent"),
    [
        ("RGB", False, False),
        ("L", True, False),
        ("1", True, False),
        ("LA", True, True),
        ("RGBA", False, True),
    ],
)
def test_a_header_tells_size_and_kind(tmp_path: Path, mode: str, is_grey: bool, is_transparent: bool) -> None:
    path = str(write(tmp_path / "a.png", picture(0, 6, 7, mode=mode)))
    assert read_header(path, path) == ImageHeader(6, 7, is_grey, is_transparent)


def test_the_header_of_what_is_no_image_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("text")
    with pytest.raises(DataError, match=r"`a picture` is not an image"):
        read_header(str(tmp_path / "a.png"), "a picture")
    with pytest.raises(DataError, match=r"`gone` cannot be read"):
        read_header(str(tmp_path / "gone.png"), "gone")


def test_a_few_headers_tell_the_shape_and_what_is_done_to_grey_and_transparent_images() -> None:
    grey, colour = ImageHeader(4, 5, True, False), ImageHeader(4, 5, False, False)
    assert sampled([("a", grey)], "pets").shape == (4, 5, 1)
    assert sampled([("a", colour), ("b", ImageHeader(4, 6, False, False))], "pets").shape == (4, None, 3)
    assert sampled([("a", colour)], "pets").notes == ()
    mixed = sampled([("a", grey), ("b", colour), ("c", ImageHeader(4, 5, False, True))], "pets")
    assert mixed.shape == (4, 5, 3)
    assert mixed.notes == (
        "pets has grey and colour images; the grey ones, such as a, get three equal channels",
        "pets has images with transparent pixels, such as c; these are put on white",
    )
