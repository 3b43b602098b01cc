from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.plan import Plan
from nettool.spec.train.monitoring import EarlyStopping, Monitored, ReduceLearningRate
from nettool.spec.train.optimizer import Optimizer
from nettool.spec.train.training import Training

NETWORK = """
inputs: {image: [64]}
nodes: {digit: {layer: Dense, units: 10, activation: softmax}}
outputs: [digit]
losses: {digit: categorical_crossentropy}
metrics: {digit: [accuracy, {metric: MeanSquaredError, name: error}]}
data: digits
"""
EVERYTHING = """
train:
  optimizer:
    optimizer: sgd
    learning_rate: 0.5
    weight_decay: 1e-4
    gradient_accumulation_steps: 2
  epochs: 7
  batch_size: 8
  validation_split: 0.25
  class_weights: {"7": 2, "1": 0.5}
  early_stopping: {patience: 2, min_delta: 0.01, restore_best: false, monitor: val_accuracy}
  reduce_learning_rate: {monitor: loss, factor: 0.5, patience: 1, min_learning_rate: 1e-6, cooldown: 3, mode: max}
  best: val_error
  precision: mixed_bfloat16
  max_time: 1 h 30 min
  limit_steps: 100
  overfit: 20
  tensorboard: true
  deterministic: true
  seed: 5
"""


def plan(train: str) -> Plan:
    return load_source(Source("spec", NETWORK + train), "spec")[0]


def test_everything_that_is_said_is_kept() -> None:
    assert plan(EVERYTHING).training == Training(
        Optimizer("SGD", {"learning_rate": 0.5, "weight_decay": 1e-4, "gradient_accumulation_steps": 2}),
        epochs=7,
        batch_size=8,
        validation_split=0.25,
        seed=5,
        class_weights={None: {"7": 2.0, "1": 0.5}},
        early_stopping=EarlyStopping("val_accuracy", "max", 2, 0.01, restore_best=False),
        reduce_learning_rate=ReduceLearningRate("loss", "max", 0.5, 1, 1e-4, 1e-6, 3),
        best=Monitored("val_error", "min"),
        precision="mixed_bfloat16",
        max_time=5400.0,
        limit_steps=100,
        overfit=20,
        tensorboard=True,
        deterministic=True,
    )


def test_the_resolved_spec_reads_back_as_the_same() -> None:
    for train in (EVERYTHING, "train: {class_weights: {digit: balanced}, early_stopping: {}}", "train: {}"):
        first = plan(train)
        again = load_source(Source("resolved", first.resolved), "spec")[0]
        assert again.resolved == first.resolved
        assert again.training is not None
        assert first.training is not None
        assert again.training.early_stopping == first.training.early_stopping
        assert again.training.class_weights == first.training.class_weights


def test_without_a_word_the_loss_of_the_held_out_part_is_watched() -> None:
    training = plan("train: {early_stopping: {}, reduce_learning_rate: {}}").training
    assert training is not None
    assert training.best == Monitored("val_loss", "min")
    assert training.early_stopping == EarlyStopping("val_loss", "min")
    assert training.reduce_learning_rate == ReduceLearningRate("val_loss", "min")


def test_where_nothing_is_held_out_the_loss_itself_is_watched() -> None:
    training = plan("train: {early_stopping: {}, validation_split: 0}").training
    assert training is not None
    assert training.best == Monitored("loss", "min")
    assert training.early_stopping == EarlyStopping("loss", "min")


def test_the_best_epoch_is_the_one_that_early_stopping_finds() -> None:
    training = plan("train: {early_stopping: {monitor: val_accuracy}}").training
    assert training is not None
    assert training.best == Monitored("val_accuracy", "max")
