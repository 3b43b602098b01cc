"""What a training needs memory for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Memory:
    """In bytes. What TensorFlow itself takes, and room for the work of single operations, comes besides."""

    weights: int
    optimizer: int
    gradients: int
    activations: int
    data: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.weights + self.optimizer + self.gradients + self.activations + self.data

    @property
    def working(self) -> int:
        """What a step takes besides what is there before it."""
        return self.gradients + self.activations
