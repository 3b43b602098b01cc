"""Specs with options that the checker finds legal: whatever it accepts, Keras builds, compiles and steps through."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from legal_values import options_of

from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.render import render_all
from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.plan import Plan
from nettool.vocabulary.keras_names import FAMILY_WORDS, Family, definitions

WORDS: Mapping[Family, str] = {family: word for family, word in FAMILY_WORDS.items() if family != "layers"}
"""What is built in a case, and the key under which a mapping says its name."""

BATCH = 4


@dataclass(frozen=True)
class Construction:
    """One thing of Keras with options."""

    family: Family
    name: str
    options: dict[str, object]

    @property
    def text(self) -> str:
        """A spec that has it in its place."""
        written = {WORDS[self.family]: self.name, **self.options}
        dense: dict[str, object] = {"layer": "Dense", "units": 3, "activation": "softmax"}
        loss: object = "mse"
        metrics: list[object] = []
        train: dict[str, object] = {"epochs": 2, "batch_size": BATCH}
        if self.family == "losses":
            loss = written
        elif self.family == "metrics":
            loss, metrics = "categorical_crossentropy", [written]
        elif self.family == "optimizers":
            train["optimizer"] = written
        elif self.family == "schedules":
            train["optimizer"] = {"optimizer": "SGD", "learning_rate": written}
        else:
            dense[f"kernel_{WORDS[self.family]}"] = written
        spec = {
            "inputs": {"a": [3]},
            "nodes": {"d": dense},
            "outputs": ["d"],
            "losses": {"d": loss},
            "metrics": {"d": metrics},
            "train": train,
        }
        return json.dumps({key: value for key, value in spec.items() if value != {"d": []}})


def construction(number: int, seed: int) -> Construction:
    """A case by its number: every class of every family in turn, with options drawn at random."""
    things = [(family, name) for family in WORDS for name in definitions(family)]
    family, name = things[number % len(things)]
    draws = Random(f"{seed} {number}")
    return Construction(family, name, options_of(family, name, draws, draws.choice((0.1, 0.3, 0.6))))


def checked(text: str) -> Plan | str:
    """The plan, or what is said against the spec."""
    try:
        return load_source(Source("spec.yaml", text), "spec")[0]
    except SpecError as error:
        return render_all(error.diagnostics)


def is_made_or_refused_in_place(tried: Construction, plan: Plan) -> bool:
    """Make the thing as a training makes it: True when it is made, False when it is refused where it is written.

    Raises whatever else comes of it.
    """
    from nettool.engine.compile.objectives import require_objectives
    from nettool.engine.compile.optimizer import require_optimizer
    from nettool.engine.compile.training_length import TrainingLength
    from nettool.engine.failures import BuildFailed
    from nettool.engine.model.build_model import build_model
    from nettool.graph.synthetic_data import with_synthetic_data
    from nettool.spec.train.training import Training

    trained = with_synthetic_data(plan, plan.training or Training())
    try:
        if tried.family in ("initializers", "regularizers", "constraints"):
            build_model(plan.graph)
        elif tried.family in ("losses", "metrics"):
            require_objectives(trained)
        else:
            require_optimizer(trained, TrainingLength(3, 2))
    except BuildFailed as refusal:
        assert refusal.span is not None
        return False
    return True


def steps_through(plan: Plan) -> None:
    """Build and compile the network, and take one step of training; raises whatever Keras raises."""
    from nettool.data.sources.random_part import random_part
    from nettool.engine.compile.compile_model import compile_model
    from nettool.engine.input.epoch_order import EpochOrder
    from nettool.engine.input.input_pipeline import training_pipeline
    from nettool.engine.model.build_model import build_model
    from nettool.graph.synthetic_data import with_synthetic_data
    from nettool.spec.train.training import Training

    model = build_model(plan.graph)
    trained = with_synthetic_data(plan, plan.training or Training())
    part = random_part(trained.binding.fields, BATCH, 0)
    compile_model(model, trained, BATCH)
    model.run_eagerly = True
    order = EpochOrder(0, BATCH)
    order.begin(0)
    for batch in training_pipeline(trained, part, BATCH, order).dataset:
        figures: Any = model.train_on_batch(*batch, return_dict=True)
        assert figures
