"""The sections `data` and `train` of a spec with every default filled in."""

from nettool.data.request import Augmentation, DataRequest, Derived
from nettool.spec.optimizer import Optimizer
from nettool.spec.read_section import written_section
from nettool.spec.training import Training
from nettool.vocabulary.keras_names import optimizers


def resolved_data(request: DataRequest) -> dict[str, object]:
    """The section `data`."""
    facts: dict[str, object] = {**request.source.facts(), "task": request.task}
    classes = request.classes
    is_of_pairs = request.task == "pairs"
    optional = {
        "classes": list(classes) if isinstance(classes, tuple) else classes,
        "limit": request.limit,
        "test_split": None if request.source.always_has_test_set else request.test_split,
        "resize": None if request.resize is None else list(request.resize),
        "crop": None if request.crop is None else list(request.crop),
        "pad": None if request.pad is None else list(request.pad),
        "channels": request.channels,
        "fit": request.fit or None,
        "pairs_per_sample": request.pairs_per_sample if is_of_pairs else None,
        "derive": {each.name: _derived(each) for each in request.derive} or None,
        "normalize": dict(request.normalize) or None,
        "augment": [_augmentation(each) for each in request.augment] or None,
    }
    return facts | {key: value for key, value in optional.items() if value is not None}


def _derived(derived: Derived) -> dict[str, object]:
    return {"from": derived.origin, "values": list(derived.values)}


def _augmentation(augmentation: Augmentation) -> dict[str, object]:
    return {"layer": augmentation.layer, **augmentation.options}


def resolved_training(training: Training) -> dict[str, object]:
    """The section `train`."""
    return written_section(training) | {"optimizer": _optimizer(training.optimizer)}


def _optimizer(optimizer: Optimizer) -> dict[str, object]:
    definition = optimizers().get(optimizer.name)
    options = {} if definition is None else definition.options
    defaults = {name: option.default for name, option in options.items() if not option.required}
    return {"optimizer": optimizer.name, **defaults, **optimizer.options}
