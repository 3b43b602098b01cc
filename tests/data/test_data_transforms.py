"""Each step on the way to a column, held against NumPy or Pillow doing the same to one image at a time."""

import numpy as np
import pytest
from PIL import Image

from nettool.data.column import Column, Part
from nettool.data.request import Derived
from nettool.data.transforms.changed_values import changed, resized
from nettool.data.transforms.image import crop, pad, with_channels
from nettool.data.transforms.resize import resize
from nettool.data.transforms.samples import derive, limit, select_classes


def images(count: int, height: int, width: int, channels: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (count, height, width, channels), dtype=np.uint8)


def by_pillow(image: np.ndarray, height: int, width: int) -> np.ndarray:
    pixels = image[..., 0] if image.shape[2] == 1 else image
    resized = Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(resized).reshape(height, width, image.shape[2])


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((8, 8), (28, 28)),
        ((28, 28), (16, 16)),
        ((32, 32), (64, 64)),
        ((28, 28), (10, 14)),
        ((9, 5), (20, 30)),
    ],
    ids=str,
)
def test_resizing_many_images_is_resizing_each_with_pillow_but_for_halves(
    size: tuple[int, int], wanted: tuple[int, int], channels: int
) -> None:
    before = images(300, *size, channels)
    after = resize(before, *wanted)
    assert after.dtype == np.uint8
    differences = after.astype(int) - np.stack([by_pillow(image, *wanted) for image in before])
    assert np.abs(differences).max() <= 2, "a row and a column, each rounded the other way"
    assert np.mean(differences != 0) < 0.08, "what is next to a half, which small sizes often give"
    assert np.mean(np.abs(differences) == 2) < 0.001


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize(
    ("size", "wanted"), [((300, 401), (160, 150)), ((1200, 900), (64, 99)), ((97, 600), (300, 310))], ids=str
)
def test_resizing_a_large_image_is_what_pillow_does_but_for_halves(
    size: tuple[int, int], wanted: tuple[int, int], channels: int
) -> None:
    before = images(2, *size, channels)
    differences = resize(before, *wanted).astype(int) - np.stack(
        [by_pillow(each, *wanted) for each in before]
    )
    assert np.abs(differences).max() <= 2
    assert np.mean(differences != 0) < 0.08


def test_the_largest_images_are_left_to_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    before = images(3, 60, 50, 3)
    monkeypatch.setattr("nettool.data.transforms.resize._LARGEST", 60 * 50 * 3 - 1)
    expected = np.stack([by_pillow(image, 33, 21) for image in before])
    np.testing.assert_array_equal(resize(before, 33, 21), expected)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("wanted", [(32, 32), (64, 64), (8, 8), (12, 20)], ids=str)
def test_an_image_is_resized_alike_alone_and_among_others_whatever_its_size(
    wanted: tuple[int, int], channels: int
) -> None:
    for size in ((16, 16), (40, 24), (300, 310)):
        before = images(70, *size, channels) if size[0] < 300 else images(3, *size, channels)
        together = resize(before, *wanted)
        np.testing.assert_array_equal(together[1:2], resize(before[1:2], *wanted))
        np.testing.assert_array_equal(together, resize(before, *wanted))


@pytest.mark.parametrize("wanted", [(64, 64), (5, 7), (97, 13), (200, 1)], ids=str)
def test_an_even_colour_stays_the_same_in_every_size(wanted: tuple[int, int]) -> None:
    for value in (0, 1, 127, 254, 255):
        after = resize(np.full((2, 33, 50, 3), value, np.uint8), *wanted)
        np.testing.assert_array_equal(after, np.full((2, *wanted, 3), value, np.uint8))


def test_resized_values_are_exact_sums_rounded() -> None:
    """Of rows and then columns by weights in float64; the weights of 15 bits seldom round another way."""
    before = images(1, 100, 80, 3)
    weights = [triangles(old, new) for old, new in ((100, 37), (80, 99))]
    rows = np.rint(np.einsum("hwc,nw->hnc", before[0].astype(float), weights[1]))
    exact = np.einsum("hwc,nh->nwc", rows, weights[0])
    error = resize(before, 37, 99)[0] - exact
    assert np.abs(error).max() < 1.6
    assert np.mean(np.abs(error) < 0.52) > 0.99


def triangles(old: int, new: int) -> np.ndarray:
    """By hand: for each new pixel the share of each old one."""
    reach = max(old / new, 1.0)
    found = np.zeros((new, old))
    for at in range(new):
        middle = (at + 0.5) * old / new
        for pixel in range(old):
            found[at, pixel] = max(0.0, 1 - abs(pixel + 0.5 - middle) / reach)
    return found / found.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("wanted", [(4, 40), (40, 4), (1, 1), (1, 99)], ids=str)
def test_resizing_the_sides_in_opposite_ways_differs_by_rounding_at_most(wanted: tuple[int, int]) -> None:
    before = images(20, 11, 13, 3)
    expected = np.stack([by_pillow(image, *wanted) for image in before])
    assert np.abs(resize(before, *wanted).astype(int) - expected).max() <= 1


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("wanted", [(32, 32), (29, 30), (28, 31)], ids=str)
def test_padding_is_numpy_s_padding_with_the_odd_pixel_after(wanted: tuple[int, int], channels: int) -> None:
    before = images(5, 28, 28, channels)
    more = [size - 28 for size in wanted]
    margins = [(0, 0), *((extra // 2, extra - extra // 2) for extra in more), (0, 0)]
    after = pad(before, *wanted)
    assert after.dtype == np.uint8
    np.testing.assert_array_equal(after, np.pad(before, margins))


def test_grey_is_the_rounded_mean_of_the_colours() -> None:
    every = np.arange(256, dtype=np.uint8)
    before = np.stack(np.meshgrid(every[::5], every, every, indexing="ij"), axis=-1)
    after = with_channels(before, 1)
    assert after.dtype == np.uint8
    np.testing.assert_array_equal(after, np.rint(before.astype(float).mean(axis=3, keepdims=True)))


def test_grey_is_repeated_for_three_channels() -> None:
    before = images(4, 5, 6, 1)
    after = with_channels(before, 3)
    assert after.dtype == np.uint8
    np.testing.assert_array_equal(after, np.concatenate([before] * 3, axis=3))


@pytest.mark.parametrize("channels", [1, 3])
def test_images_that_are_right_already_are_not_copied(channels: int) -> None:
    before = images(4, 5, 6, channels)
    assert resize(before, 5, 6) is before
    assert pad(before, 5, 6) is before
    assert with_channels(before, channels) is before


@pytest.mark.parametrize("wanted", [(28, 28), (20, 20), (27, 5)], ids=str)
def test_cropping_keeps_the_middle_and_copies_nothing(wanted: tuple[int, int]) -> None:
    before = images(5, 28, 28, 3)
    after = crop(before, *wanted)
    assert after.shape == (5, *wanted, 3)
    assert np.shares_memory(after, before)
    margins = [28 - size for size in wanted]
    expected = np.pad(after, [(0, 0), *((extra // 2, extra - extra // 2) for extra in margins), (0, 0)])
    np.testing.assert_array_equal(expected[expected > 0], np.where(expected > 0, before, 0)[expected > 0])


def part(labels: list[int]) -> Part:
    return Part({"image": Column(images(len(labels), 2, 2, 1)), "label": Column(np.array(labels, np.int64))})


def test_chosen_classes_keep_their_samples_in_order_and_are_numbered_anew() -> None:
    before = part([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8])
    chosen = select_classes(before, "label", (5, 3, 7), 10)
    kept = [0, 4, 8, 9, 10]
    np.testing.assert_array_equal(chosen.columns["image"].array(), before.columns["image"].array()[kept])
    assert chosen.columns["image"].values is before.columns["image"].values, "images are not copied"
    assert chosen.columns["label"].array().tolist() == [1, 0, 0, 1, 0]
    assert chosen.columns["label"].array().dtype == np.int64


def test_all_classes_in_order_copy_nothing_but_in_another_order_are_renumbered() -> None:
    before = part([0, 1, 2])
    assert select_classes(before, "label", (0, 1, 2), 3) is before
    after = select_classes(before, "label", (2, 1, 0), 3)
    assert after.columns["label"].array().tolist() == [2, 1, 0]


def test_a_limit_keeps_the_first_samples_without_copying() -> None:
    before = part(list(range(10)))
    limited = limit(before, 4)
    assert limited.columns["image"].values is before.columns["image"].values
    assert limited.columns["label"].array().tolist() == [0, 1, 2, 3]
    assert limit(before, 11) is before


def test_words_derive_class_numbers_in_the_order_in_which_they_first_occur() -> None:
    sizes = Derived("size", "label", ("small", "large", "small", "huge"))
    after = derive(part([3, 0, 1, 2, 1]), sizes)
    assert after.columns["size"].array().tolist() == [2, 0, 1, 0, 1]


def test_numbers_derive_a_vector_of_one_number() -> None:
    after = derive(part([2, 0, 1]), Derived("age", "label", (1.5, 20.0, 300.0)))
    np.testing.assert_array_equal(
        after.columns["age"].array(), np.array([[300.0], [1.5], [20.0]], np.float32)
    )


class Stored:
    """Lazy images that count how often they are read."""

    def __init__(self, values: np.ndarray) -> None:
        self.values = values
        self.rows_read = 0

    @property
    def shape(self) -> tuple[int | None, ...]:
        return self.values.shape[1:]

    @property
    def dtype(self) -> np.dtype[np.generic]:
        return self.values.dtype

    def __len__(self) -> int:
        return len(self.values)

    def read(self, rows: np.ndarray) -> np.ndarray:
        self.rows_read += len(rows)
        return self.values[rows]


def test_lazy_images_are_changed_when_they_are_read_and_only_those() -> None:
    stored = Stored(images(10, 8, 8, 1))
    column = resized(Column(stored), 16, 16, (16, 16, 1))
    assert stored.rows_read == 0
    np.testing.assert_array_equal(
        column.take(np.array([7, 2])).array(), resize(stored.values[[7, 2]], 16, 16)
    )
    assert stored.rows_read == 2


def test_of_images_in_memory_of_which_few_are_wanted_only_these_are_changed() -> None:
    changed_counts = []

    def count(values: np.ndarray) -> np.ndarray:
        changed_counts.append(len(values))
        return values

    values = images(10, 2, 2, 1)
    few = changed(Column(values).take(np.array([3, 4])), count, (2, 2, 1))
    np.testing.assert_array_equal(few.array(), values[[3, 4]])
    changed(Column(values).take(np.arange(9)), count, (2, 2, 1))
    assert changed_counts == [2, 10]
