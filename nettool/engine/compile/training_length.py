"""How long a training is: steps of an epoch, epochs, and both together."""

from dataclasses import dataclass

from nettool.graph.trainable_plan import TrainablePlan


@dataclass(frozen=True, slots=True)
class TrainingLength:
    """`steps` make an epoch; `total` is what all `epochs` have together."""

    steps: int
    epochs: int

    @property
    def total(self) -> int:
        """All steps of the training."""
        return self.steps * self.epochs


def training_length(plan: TrainablePlan, samples: int) -> TrainingLength:
    """The length of a plan's training on so many samples.

    At most `limit_steps`: whole epochs, or the first steps of one.
    """
    training = plan.training
    fixed = plan.graph.batch_size
    # A network that is built for batches of one size cannot take a smaller last one.
    steps = -(-samples // training.batch_size) if fixed is None else samples // fixed
    limit = training.limit_steps
    if limit is None:
        return TrainingLength(steps, training.epochs)
    if limit < steps:
        return TrainingLength(limit, 1)
    return TrainingLength(steps, min(training.epochs, limit // steps))
