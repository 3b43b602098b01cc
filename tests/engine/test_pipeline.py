"""How many batches wait, and that nothing but the batches holds up the end of an epoch."""

import pytest

pytestmark = pytest.mark.keras


@pytest.mark.parametrize(
    ("batch_size", "shape", "waiting"),
    [
        (64, (28, 28, 1), 8),
        (64, (96, 96, 3), 8),
        (64, (224, 224, 3), 2),
        (32, (224, 224, 3), 3),
        (256, (None, 16), 8),
        (1, (4096, 4096, 4), 2),
    ],
    ids=str,
)
def test_so_many_batches_wait_as_fit_into_64_mb_but_two_at_least(
    batch_size: int, shape: tuple[int | None, ...], waiting: int
) -> None:
    import tensorflow as tf

    from nettool.engine.input.prefetch import pipeline

    def batch(step: tf.Tensor) -> tf.Tensor:
        return tf.zeros([batch_size, *(length or 7 for length in shape)]) + tf.cast(step, tf.float32)

    made = pipeline(batch, 0, 3, batch_size)
    assert int(made._input_dataset._buffer_size) == waiting


def test_steps_come_in_order_and_nothing_is_tuned() -> None:
    import tensorflow as tf

    from nettool.engine.input.prefetch import pipeline

    made = pipeline(lambda step: (step, tf.zeros([4])), 5, 300, 4)
    assert [int(step) for step, _ in made.as_numpy_iterator()] == list(range(5, 300))
    assert made.options().autotune.enabled is False
