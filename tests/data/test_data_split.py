import numpy as np
import pytest

from nettool.data.transforms.split import hold_out

ALIKE = np.zeros(60_000, np.int64)


@pytest.mark.parametrize(
    ("count", "share", "held_out"),
    [
        (10, 0.2, 2),
        (1_797, 0.1, 180),
        (10, 0.01, 1),
        (10, 0.999, 9),
        (2, 0.5, 1),
        (60_000, 0.2, 12_000),
        (10, 0.0, 0),
    ],
)
def test_a_share_of_the_rows_is_held_out_and_no_row_is_lost(count: int, share: float, held_out: int) -> None:
    train, validation = hold_out(ALIKE[:count], share, seed=3)
    assert len(validation) == held_out
    assert sorted([*train.tolist(), *validation.tolist()]) == list(range(count))
    assert (np.diff(train) > 0).all()
    assert (np.diff(validation) > 0).all()
    assert train.dtype == validation.dtype == np.int64


def test_the_seed_decides_which_rows() -> None:
    first, again, other = (hold_out(ALIKE[:1_000], 0.2, seed)[1].tolist() for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert np.mean(first) == pytest.approx(500, abs=100), "from everywhere, not from one end"


def test_the_held_out_rows_are_not_the_start_of_an_epoch_s_order_of_the_same_seed() -> None:
    order = np.random.default_rng([1, 0]).permutation(1_000)
    assert sorted(order[:200].tolist()) != hold_out(ALIKE[:1_000], 0.2, seed=1)[1].tolist()


def test_one_sample_cannot_be_divided() -> None:
    with pytest.raises(ValueError, match="1 sample cannot be divided into two parts"):
        hold_out(ALIKE[:1], 0.5, seed=0)


@pytest.mark.parametrize("share", [0.1, 0.2, 0.25, 0.5, 0.9])
def test_every_class_gives_its_share_to_within_one_sample(share: float) -> None:
    sizes = [1, 7, 40, 333, 1_000, 0, 20]
    labels = np.random.default_rng(0).permutation(np.repeat(np.arange(len(sizes)), sizes))
    kept, held_out = hold_out(labels, share, seed=0)
    assert len(held_out) == round(len(labels) * share)
    assert sorted([*kept.tolist(), *held_out.tolist()]) == list(range(len(labels)))
    for count, exact in zip(np.bincount(labels[held_out], minlength=len(sizes)), sizes, strict=True):
        assert abs(count - exact * share) <= 1 + 1e-9, (
            "one more where the last sample of another class is kept"
        )


@pytest.mark.parametrize("sizes", [[1, 30, 30], [1] * 8 + [12], [2, 2, 2, 2], [1, 1, 1, 40]])
@pytest.mark.parametrize("share", [0.1, 0.2, 0.5])
def test_the_only_sample_of_a_class_is_kept(sizes: list[int], share: float) -> None:
    labels = np.random.default_rng(1).permutation(np.repeat(np.arange(len(sizes)), sizes))
    kept, held_out = hold_out(labels, share, seed=0)
    room = len(labels) - len(sizes)
    assert len(held_out) == round(len(labels) * share)
    assert sorted([*kept.tolist(), *held_out.tolist()]) == list(range(len(labels)))
    if len(held_out) <= room:
        assert (np.bincount(labels[kept], minlength=len(sizes)) > 0).all()


def test_what_is_kept_may_be_fewer_samples_than_there_are_classes() -> None:
    kept, held_out = hold_out(np.arange(10), 0.4, seed=0)
    assert (len(kept), len(held_out)) == (6, 4)
