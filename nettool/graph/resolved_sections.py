"""The sections `data` and `train` of a spec with every default filled in."""

from nettool.data.request import Augmentation, DataRequest, Derived
from nettool.spec.data.section import DataSection
from nettool.spec.keys.key import keys_of
from nettool.spec.keys.read_section import written_section
from nettool.spec.train.optimizer import Optimizer
from nettool.spec.train.training import Training
from nettool.vocabulary.keras_names import optimizers


def resolved_data(request: DataRequest) -> dict[str, object]:
    """The section `data`."""
    facts: dict[str, object] = {**request.source.facts(), "task": request.task}
    own: dict[str, object] = {
        "test_split": None if request.source.always_has_test_set else request.test_split,
        "fit": request.fit or None,
        "pairs_per_sample": request.pairs_per_sample if request.task == "pairs" else None,
        "derive": {each.name: _derived(each) for each in request.derive} or None,
        "normalize": dict(request.normalize) or None,
        "augment": [_augmentation(each) for each in request.augment] or None,
    }
    for name in keys_of(DataSection):
        value = own[name] if name in own else getattr(request, name)
        if value is not None:
            facts[name] = list(value) if isinstance(value, tuple) else value
    return facts


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
