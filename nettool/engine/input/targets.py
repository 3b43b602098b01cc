"""Which binding is the target of an output."""

from nettool.graph.bind.binding import TargetBinding
from nettool.graph.trainable_plan import TrainablePlan


def target_of(plan: TrainablePlan, output: str) -> TargetBinding | None:
    """The target of an output's loss (without a loss, of its metric); None where there is none."""
    bound = [target for target in plan.binding.targets if target.output == output]
    wanted = [loss.target for loss in plan.losses if loss.output == output and loss.target is not None]
    return next((target for target in bound if target.field in wanted), bound[0] if bound else None)
