"""What holds for the whole process before a model is built: seeds, precision, determinism."""

from nettool.engine.determinism import insist_on_determinism
from nettool.engine.precision import use_precision
from nettool.engine.seeds import seed_everything
from nettool.graph.settings import Training


def begin(training: Training) -> None:
    """Make it so, as the settings say."""
    seed_everything(training.seed)
    use_precision(training.precision)
    if training.deterministic:
        insist_on_determinism()
