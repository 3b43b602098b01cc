"""What image files say beside their pixels, against Pillow's own reading of it: orientation, bits, colours."""

import io
import struct
import warnings
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageOps
from small_images import picture, write

from nettool.data.failure import DataError
from nettool.data.images.decode_image import decode_image
from nettool.data.images.image_files import ImageFiles
from nettool.data.images.image_header import ImageHeader, read_header
from nettool.data.images.image_sample import sampled
from nettool.data.load import load
from nettool.data.place import Place
from nettool.data.request import DataRequest
from nettool.data.sources.folders.image_folder import ImageFolder

ORIENTATION = 0x0112
XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf tiff:Orientation="{}"/></x:xmpmeta>'


def noted(number: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = number
    return exif


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@pytest.mark.parametrize("number", range(1, 9))
@pytest.mark.parametrize("ending", [".jpg", ".png", ".webp"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_an_image_is_turned_as_the_camera_noted(tmp_path: Path, number: int, ending: str, mode: str) -> None:
    lossless = {"lossless": True} if ending == ".webp" else {}
    path = write(tmp_path / f"a{ending}", picture(7, 12, 10, mode), exif=noted(number), **lossless)
    with Image.open(path) as image:
        expected = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    np.testing.assert_array_equal(decode_image(str(path), 3), expected)
    header = read_header(str(path), "it")
    assert (header.height, header.width, header.is_turned) == (*expected.shape[:2], number != 1)


@pytest.mark.parametrize("number", [1, 3, 6])
def test_an_orientation_in_xmp_counts_too(tmp_path: Path, number: int) -> None:
    path = write(tmp_path / "a.jpg", picture(7), xmp=XMP.format(number).encode())
    with Image.open(path) as image:
        expected = np.asarray(ImageOps.exif_transpose(image))
    np.testing.assert_array_equal(decode_image(str(path), 3), expected)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")  # pytest undoes the filter that hides it from users
@pytest.mark.parametrize("exif", [b"Exif\0\0MM", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0garbage"])
def test_a_damaged_note_says_nothing(tmp_path: Path, exif: bytes) -> None:
    path, plain = write(tmp_path / "a.jpg", picture(7), exif=exif), write(tmp_path / "b.jpg", picture(7))
    np.testing.assert_array_equal(decode_image(str(path), 3), decode_image(str(plain), 3))
    assert not read_header(str(path), "it").is_turned


def test_the_note_of_a_png_file_may_come_after_its_pixels(tmp_path: Path) -> None:
    content = io.BytesIO()
    picture(7).save(content, "PNG")
    exif = chunk(b"eXIf", noted(3).tobytes().removeprefix(b"Exif\0\0"))
    end = chunk(b"IEND", b"")
    (tmp_path / "a.png").write_bytes(content.getvalue().removesuffix(end) + exif + end)
    np.testing.assert_array_equal(
        decode_image(str(tmp_path / "a.png"), 3), np.asarray(picture(7))[::-1, ::-1]
    )


def test_all_images_of_a_folder_are_upright_and_it_is_said(tmp_path: Path) -> None:
    for name, number in (("a", 6), ("b", 1)):
        size = (10, 12) if number == 6 else (12, 10)
        for image in range(4):
            write(tmp_path / "photos" / name / f"{image}.jpg", picture(image, *size), exif=noted(number))
    said: list[str] = []
    request = DataRequest(ImageFolder("photos", tmp_path / "photos"))
    loaded = load(request, Place(), said.append, progress=False)
    assert loaded.train.columns["image"].array().shape[1:] == (12, 10, 3)
    assert any("the camera noted to be turned" in line and "turned upright" in line for line in said)


def test_sixteen_bits_of_grey_are_kept(tmp_path: Path) -> None:
    values = np.random.default_rng(0).integers(0, 65536, (9, 7), dtype=np.uint16)
    Image.fromarray(values).save(tmp_path / "a.png")
    np.testing.assert_array_equal(decode_image(str(tmp_path / "a.png"), 1, deep=True)[..., 0], values)
    assert read_header(str(tmp_path / "a.png"), "it") == ImageHeader(9, 7, True, False, is_deep=True)
    files = ImageFiles([str(tmp_path / "a.png")], (9, 7, 1), bits="uint16")
    read = files.read(np.array([0]))
    np.testing.assert_array_equal(read[0, ..., 0], values)
    assert read.dtype == files.dtype == np.uint16


def test_bytes_among_sixteen_bits_have_the_same_brightness(tmp_path: Path) -> None:
    values = np.arange(256, dtype=np.uint8).reshape(16, 16)
    Image.fromarray(values).save(tmp_path / "a.png")
    deep = decode_image(str(tmp_path / "a.png"), 1, deep=True)[..., 0]
    np.testing.assert_allclose(deep / 65535, values / 255, rtol=1e-12)


def test_a_folder_with_sixteen_bits_gives_the_numbers_that_an_array_would(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    images = random.integers(0, 4096, (10, 6, 5), dtype=np.uint16)
    for number, image in enumerate(images):
        path = tmp_path / "scans" / "ab"[number % 2] / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(image).save(path)
    source = ImageFolder("scans", tmp_path / "scans")
    field = source.statement().fields[0]
    assert (field.dtype, field.highest) == ("uint16", 65535.0)
    loaded = load(DataRequest(source, normalize={"image": "standard"}), Place(), lambda _: None, False)
    train = loaded.train.columns["image"]
    stored = train.array().astype(np.float64)
    assert {image.tobytes() for image in train.array()} <= {image.tobytes() for image in images}
    assert loaded.preparation.scales["image"].shift == pytest.approx((stored.mean(),))
    assert loaded.preparation.scales["image"].divisor == pytest.approx((stored.std(),))


def test_what_is_not_read_is_told() -> None:
    plain = ImageHeader(4, 5, True, False)
    others = {
        "16 bits, such as b": ImageHeader(4, 5, True, False, is_deep=True),
        "only the upper 8 bits": ImageHeader(4, 5, False, False, loses_bits=True),
        "a colour profile or a gamma": ImageHeader(4, 5, True, False, has_own_colours=True),
    }
    for words, header in others.items():
        found = sampled([("a", plain), ("b", header)], "pets")
        assert any(words in note for note in found.notes)
        assert found.dtype == ("uint16" if header.is_deep else "uint8")
        assert found.highest == np.iinfo(found.dtype).max


def test_sixteen_bits_of_colour_are_told(tmp_path: Path) -> None:
    rows = b"".join(b"\0" + bytes(6 * 3) for _ in range(2))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 16, 2, 0, 0, 0))
    png = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    (tmp_path / "a.png").write_bytes(png)
    header = read_header(str(tmp_path / "a.png"), "it")
    assert header.loses_bits
    assert not header.is_deep


def test_a_colour_profile_that_is_not_the_usual_one_is_seen(tmp_path: Path) -> None:
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    other = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for ending in (".jpg", ".png", ".webp"):
        for profile, is_other in ((usual, False), (other, True)):
            path = write(tmp_path / f"a{ending}", picture(1), icc_profile=profile)
            assert read_header(str(path), "it").has_own_colours is is_other


@pytest.mark.parametrize(("gamma", "is_other"), [(45455, False), (100000, True)])
def test_a_gamma_that_is_not_the_usual_one_is_seen(tmp_path: Path, gamma: int, is_other: bool) -> None:
    content = io.BytesIO()
    picture(1).save(content, "PNG")
    head = content.getvalue()[:33]
    (tmp_path / "a.png").write_bytes(
        head + chunk(b"gAMA", struct.pack(">I", gamma)) + content.getvalue()[33:]
    )
    assert read_header(str(tmp_path / "a.png"), "it").has_own_colours is is_other


@pytest.mark.parametrize("size", [(64, 48), (331, 502)], ids=str)
def test_the_same_pixels_are_prepared_alike_in_every_format(tmp_path: Path, size: tuple[int, int]) -> None:
    jpeg = write(tmp_path / "a.jpg", picture(2, *size))
    with Image.open(jpeg) as image:
        pixels = np.asarray(image)
        write(tmp_path / "b.png", Image.fromarray(pixels))
        write(tmp_path / "c.webp", Image.fromarray(pixels), lossless=True)
    paths = [str(tmp_path / name) for name in ("a.jpg", "b.png", "c.webp")]
    from nettool.data.transforms.resize import resize

    found = ImageFiles(paths, (None, None, 3)).resized(24, 20).read(np.arange(3))
    expected = resize(pixels[np.newaxis], 24, 20)[0]
    for image in found:
        np.testing.assert_array_equal(image, expected)


def png_of(height: int, width: int) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.filterwarnings("error")
def test_an_image_that_is_too_large_is_not_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "huge.png").write_bytes(png_of(20_000, 20_000))
    for look in (lambda name: read_header(name, "huge"), lambda name: decode_image(name, 1)):
        with pytest.raises(DataError, match=r"is too large: it has 20,000×20,000 pixels"):
            look(str(tmp_path / "huge.png"))
    (tmp_path / "large.png").write_bytes(png_of(11_000, 11_000))
    with warnings.catch_warnings(record=True) as caught:
        assert read_header(str(tmp_path / "large.png"), "large").height == 11_000
    assert not caught
