"""What is raised where memory is not enough, and which batch would fit."""

import errno

import pytest

pytestmark = pytest.mark.keras


def test_every_way_of_saying_that_memory_is_not_enough_is_known() -> None:
    import tensorflow as tf

    from nettool.engine.devices.out_of_memory import is_out_of_memory

    said = (
        MemoryError(),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor with shape[2048,64,64,3]"),
        tf.errors.AbortedError(None, None, "Status: 1, message: could not create a memory object, in file x"),
        tf.errors.InternalError(None, None, "Failed to allocate 12 bytes on the device"),
        tf.errors.UnknownError(
            None, None, "numpy._ArrayMemoryError: Unable to allocate 7.45 GiB for an array"
        ),
        RuntimeError("RESOURCE_EXHAUSTED: Out of memory allocating 8589934592 bytes."),
    )
    for error in said:
        assert is_out_of_memory(error), error
    others = (
        ValueError("MemoryError"),
        OSError(errno.ENOSPC, "No space left on device"),
        tf.errors.ResourceExhaustedError(None, None, "model.keras; No space left on device"),
        tf.errors.InvalidArgumentError(None, None, "indices[0] = 12 is not in [0, 10)"),
    )
    for error in others:
        assert not is_out_of_memory(error), error


@pytest.mark.parametrize(
    ("free", "batch"),
    [(0, 0), (1_000, 0), (2_000, 0), (2_500, 1), (10_000, 4), (100_000, 64), (110_000_000, 65_536)],
)
def test_the_greatest_power_of_two_that_fits_is_found(free: int, batch: int) -> None:
    from nettool.engine.devices.memory_parts import Memory
    from nettool.engine.devices.out_of_memory import SHARE, fitting

    memory = Memory(1_000, 2_000, 1_000, 32 * 1_000, 0)
    assert fitting(memory, 32, free) == batch
    assert 1_000 + batch * 1_000 <= SHARE * free or batch == 0
