"""What a run says first of its settings: what they do that nobody would see."""

from collections.abc import Iterator

from nettool.engine.compile.training_length import extent_of
from nettool.graph.trainable_plan import TrainablePlan


def training_notes(plan: TrainablePlan, samples: int) -> Iterator[str]:
    """Notes on training on so many samples."""
    training = plan.training
    options, stopping = training.optimizer.options, training.early_stopping
    together = options.get("gradient_accumulation_steps")
    if isinstance(together, int) and together > 1:
        yield from _accumulated(together, extent_of(plan, samples).total)
    if options.get("use_ema") and not (stopping is not None and stopping.restore_best):
        yield (
            "`use_ema`: validation measures the weights as they are, the test and the saved last model have "
            "their averages, so their results differ"
        )


def _accumulated(together: int, steps: int) -> Iterator[str]:
    batches = f"{steps:,} {'batch' if steps == 1 else 'batches'}"
    adds_up = f"`gradient_accumulation_steps: {together}` changes the weights after every {together} batches"
    if steps < together:
        fewer = f"write at most {steps}" if steps > 1 else "leave it out"
        yield f"{adds_up}, but the training has {batches}: no weight will ever change; {fewer}"
    elif steps % together:
        yield f"{adds_up}; the last {steps % together} of the training's {batches} change nothing"
