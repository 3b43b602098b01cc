"""Harvest the names and defaults of everything a spec may name from Keras's own signatures."""

import inspect
import json
import os
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

TARGET = Path(__file__).parent.parent / "vocabulary" / "keras.json"

MODULES = {
    "layers": "keras.layers",
    "losses": "keras.losses",
    "metrics": "keras.metrics",
    "optimizers": "keras.optimizers",
    "schedules": "keras.optimizers.schedules",
    "initializers": "keras.initializers",
    "regularizers": "keras.regularizers",
    "constraints": "keras.constraints",
}

LEFT_OUT = {
    "layers": {
        *("Layer", "Wrapper", "InputLayer", "InputSpec"),  # bases, and what `inputs:` says
        *("FlaxLayer", "JaxLayer", "Lambda", "TorchModuleWrapper"),  # made of Python code
    },
    "losses": {"Loss"},
    "metrics": {
        *("Metric", "MeanMetricWrapper"),  # bases
        *("Mean", "Sum"),  # of values that Keras's own code gives them: they know no target
    },
    "optimizers": {"Optimizer", "LossScaleOptimizer", "MultiOptimizer", "OptimizerMap"},
    "schedules": {"LearningRateSchedule"},
    "initializers": {"Initializer"},
    "regularizers": {"Regularizer"},
    "constraints": {"Constraint"},
}

GENERAL_LAYER_OPTIONS: list[list[object]] = [
    ["activity_regularizer", None],
    ["trainable", True],
    ["dtype", None],
]
"""What a layer that hands its **kwargs to `keras.layers.Layer` takes as well."""

WITHOUT_ACTIVITY_REGULARIZER = {"ActivityRegularization", "IntegerLookup", "StringLookup"}
"""Layers that take **kwargs but raise at this one."""

SPOKEN_FOR = {"name", "weights"}
"""Options that the spec says in its own way."""

COMPILE_ALIASES = {"acc": "Accuracy"}
"""Names that only `Model.compile` knows (keras/src/trainers/compile_utils.py)."""

Signature = list[list[object]]
"""Options in Keras's order: `[name]` where one must be given, `[name, default]` elsewhere."""


def harvest() -> dict[str, object]:
    """The whole vocabulary: by family the signatures by class name, the activations and the aliases."""
    families = {family: _classes(family) for family in MODULES}
    document: dict[str, object] = {
        family: {name: _signature(family, name, found) for name, found in sorted(classes.items())}
        for family, classes in families.items()
    }
    document["applications"] = _applications()
    document["activations"] = sorted(_strings("activations"))
    aliases = {family: _aliases(family, classes) for family, classes in families.items()}
    document["aliases"] = {**aliases, "applications": {}}
    return document


def render(document: Mapping[str, object]) -> str:
    """The JSON text of a vocabulary, one entry to a line."""
    return "{\n" + ",\n".join(f'"{key}": {_block(value)}' for key, value in document.items()) + "\n}\n"


def main() -> None:
    """Write the vocabulary file anew."""
    beside = TARGET.with_suffix(".new")
    beside.write_text(render(harvest()), encoding="utf-8")
    os.replace(beside, TARGET)  # noqa: PTH105


def _classes(family: str) -> dict[str, type]:
    module = import_module(MODULES[family])
    exported = {name: found for name, found in vars(module).items() if inspect.isclass(found)}
    own_name = {
        found: found.__name__ if found.__name__ in exported else name for name, found in exported.items()
    }
    return {name: found for found, name in own_name.items() if name not in LEFT_OUT[family]}


def _signature(family: str, name: str, found: type) -> Signature:
    parameters = list(inspect.signature(found.__init__).parameters.values())[1:]  # type: ignore[misc]
    named = [each for each in parameters if each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)]
    options = [_option(each) for each in named if each.name not in SPOKEN_FOR]
    if family == "layers" and any(each.kind is each.VAR_KEYWORD for each in parameters):
        known = {option[0] for option in options}
        known |= {"activity_regularizer"} if name in WITHOUT_ACTIVITY_REGULARIZER else set()
        options += [option for option in GENERAL_LAYER_OPTIONS if option[0] not in known]
    return options


def _applications() -> dict[str, Signature]:
    """The ready-made networks: functions that build a model."""
    functions = {
        name: found
        for name, found in vars(import_module("keras.applications")).items()
        if inspect.isfunction(found) and name[0].isupper()
    }
    return {
        name: [
            _option(each)
            for each in inspect.signature(found).parameters.values()
            if each.name not in SPOKEN_FOR | {"input_tensor", "input_shape"}
        ]
        for name, found in sorted(functions.items())
    }


def _option(parameter: inspect.Parameter) -> list[object]:
    if parameter.default is parameter.empty:
        return [parameter.name]
    return [parameter.name, parameter.default]


def _aliases(family: str, classes: Mapping[str, type]) -> dict[str, str]:
    """Other names by which Keras knows a class: second exports, and the strings that it takes."""
    own_name = {found: name for name, found in classes.items()}
    aliases = {
        name: own_name[found]
        for name, found in vars(import_module(MODULES[family])).items()
        if inspect.isclass(found) and found in own_name and family == "layers"
    }
    for written, found in _strings(family).items():
        name = own_name.get(found) if inspect.isclass(found) else _class_of_function(found, classes)
        if name is not None:
            aliases[written] = name
    if family == "metrics":
        aliases |= COMPILE_ALIASES
    return {written: name for written, name in sorted(aliases.items()) if written not in classes}


def _strings(family: str) -> dict[str, object]:
    """The strings that Keras's own `get` takes for a family, and what each of them stands for."""
    if family in ("layers", "schedules"):
        return {}
    return dict(import_module(f"keras.src.{family}").ALL_OBJECTS_DICT)


def _class_of_function(function: object, classes: Mapping[str, type]) -> str | None:
    from keras.src.utils.naming import to_snake_case

    wanted = getattr(function, "__name__", None)
    return next((name for name in classes if to_snake_case(name) == wanted), None)


def _block(value: object) -> str:
    if isinstance(value, Mapping):
        if all(isinstance(inner, Mapping) for inner in value.values()):
            lines = [f"{json.dumps(key)}: {_block(inner)}" for key, inner in value.items()]
        else:
            lines = [f"{json.dumps(key)}: {_line(inner)}" for key, inner in value.items()]
        return "{\n" + ",\n".join(lines) + "\n}" if lines else "{}"
    assert isinstance(value, list)
    return "[\n" + ",\n".join(_line(inner) for inner in value) + "\n]"


def _line(value: object) -> str:
    return json.dumps(value, allow_nan=False)


if __name__ == "__main__":
    main()
