"""Memory that is not enough: recognized among all that is raised for it, and reported with what would fit."""

import errno
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import keras
import tensorflow as tf

from nettool.data.process_limits import available_memory
from nettool.diagnostics.caller import by_caller
from nettool.engine.devices.devices import gpu_names
from nettool.engine.devices.memory import estimated_memory, size_text
from nettool.engine.devices.memory_parts import Memory
from nettool.engine.failures import OutOfMemory
from nettool.graph.trainable_plan import TrainablePlan

SHARE = 0.8
"""Of the memory that is free: what a suggested batch may take, since all is only an estimate."""

KEPT = "kept: the last state; a resumed run would need as much again"

_SAYINGS = (
    *("OOM when allocating", "ut of memory", "ailed to allocate", "bad_alloc", "Unable to allocate"),
    *("could not create a memory object", "MemoryError"),
)
"""How TensorFlow, oneDNN, NumPy within an input pipeline, CUDA and JAX say it."""


def is_out_of_memory(error: BaseException) -> bool:
    """Whether this was raised because memory was wanted that is not there."""
    if isinstance(error, MemoryError):
        return True
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    said_by_engine = isinstance(error, tf.errors.OpError | RuntimeError)
    return said_by_engine and any(saying in str(error) for saying in _SAYINGS)


def out_of_memory(model: keras.Model, plan: TrainablePlan) -> OutOfMemory:
    """What to report when training a plan with this model, whose weights are there, wanted too much."""
    batch_size = _batch_size(plan)
    memory = estimated_memory(model, plan.graph, batch_size, ())
    free = None if gpu_names() else available_memory()
    needed = f"needed: about {size_text(memory.working)} besides what is there already ({_parts(memory)})"
    if free is not None:
        needed += f", and {size_text(free)} are free"
    fits = batch_size // 2 if free is None else min(fitting(memory, batch_size, free), batch_size // 2)
    return OutOfMemory(
        f"the memory is not enough to train on batches of {batch_size:,} samples",
        (needed, f"help: {_smaller(plan, fits)}", KEPT),
    )


@contextmanager
def memory_for(what: str, help_: str) -> Iterator[None]:
    """Around what makes something large; raises OutOfMemory, with what to do, when that does not fit."""
    try:
        yield
    except Exception as error:
        if is_out_of_memory(error) or (error.__cause__ is not None and is_out_of_memory(error.__cause__)):
            free = "" if gpu_names() else f", and {size_text(available_memory())} are free"
            raise OutOfMemory(f"the memory is not enough for {what}{free}", (f"help: {help_}",)) from error
        raise


def memory_for_batches(batch_size: int, help_: str) -> AbstractContextManager[None]:
    """The same around asking a network."""
    return memory_for(f"batches of {batch_size:,} samples", help_)


def memory_warning(model: keras.Model, plan: TrainablePlan) -> str | None:
    """A sentence when a batch can hardly fit, before the first step; the optimizer is built.

    None when it fits, or when nobody knows how much is free, as on a GPU.
    """
    if gpu_names():
        return None
    batch_size, free = _batch_size(plan), available_memory()
    memory = estimated_memory(model, plan.graph, batch_size, ())
    if memory.working <= free:
        return None
    fits = min(fitting(memory, batch_size, free), batch_size - 1)
    return (
        f"a batch of {batch_size:,} samples takes about {size_text(memory.working)} ({_parts(memory)}), and "
        f"{size_text(free)} are free: {_smaller(plan, fits)}"
    )


def fitting(memory: Memory, batch_size: int, free: int) -> int:
    """The greatest power of 2 for which a batch fits into so many bytes; 0 when not even one sample does."""
    sample = max(1, memory.activations // batch_size)
    samples = int((SHARE * free - memory.gradients) / sample)
    return 1 << (samples.bit_length() - 1) if samples > 0 else 0


def _smaller(plan: TrainablePlan, fits: int) -> str:
    if fits < 1:
        return "not even one sample at a time would fit: make the network smaller, or its input"
    if plan.graph.batch_size is not None:
        return f"a `batch_size` of {fits:,} at the input should fit"
    smaller = by_caller(command_line=f"`--batch-size {fits}`", python=f"`train.batch_size: {fits}`")
    return f"batches of {fits:,} should fit: {smaller}"


def _parts(memory: Memory) -> str:
    return f"activations {size_text(memory.activations)}, gradients {size_text(memory.gradients)}"


def _batch_size(plan: TrainablePlan) -> int:
    return plan.graph.batch_size or plan.training.batch_size
