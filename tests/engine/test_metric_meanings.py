"""Every metric beside every kind of output, held against scikit-learn and NumPy.

An output is given numbers of its meaning (probabilities, logits, signed scores …); the metric that nettool
makes of them must come to what the metric's own definition says of the probabilities or classes behind them.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from engine_plans import graph, input_node, loss, metric, node, plan

from nettool.data.field import Field
from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.bind.binding import Binding, Encoding, InputBinding, TargetBinding
from nettool.graph.trainable_plan import TrainablePlan
from nettool.vocabulary.keras_names import canonical, metrics

pytestmark = pytest.mark.keras

SAMPLES = 400
RANDOM = np.random.default_rng(3)
YES = (RANDOM.random(SAMPLES) < 0.4).astype(int)
LOGITS = 1.5 * RANDOM.normal(size=SAMPLES) + 1.2 * (YES - 0.6)
"""Of one unit; the probabilities behind them spread over all of 0 to 1."""
SHARES = 1 / (1 + np.exp(-LOGITS))
CLASS = RANDOM.integers(0, 4, SAMPLES)
MANY_LOGITS = 1.5 * RANDOM.normal(size=(SAMPLES, 4)) + 1.3 * np.eye(4)[CLASS] - 0.7
MANY_SHARES = np.exp(MANY_LOGITS) / np.exp(MANY_LOGITS).sum(axis=1, keepdims=True)
SEVERAL = (RANDOM.random((SAMPLES, 4)) < 0.3).astype(int)
"""Classes of which several may hold at once."""
SEVERAL_LOGITS = 1.5 * RANDOM.normal(size=(SAMPLES, 4)) + 1.2 * (SEVERAL - 0.6)

FIELDS = {
    "yes": Field("yes", "label", (), "int64", 1.0, ("no", "yes")),
    "kind": Field("kind", "label", (), "int64", 1.0, ("a", "b", "c", "d")),
    "tags": Field("tags", "vector", (4,), "float32"),
    "x": Field("x", "vector", (3,), "float32"),
}

Numbers = np.ndarray


class Output:
    """An output: its loss, its activation, its target, and numbers that it gives."""

    def __init__(
        self,
        loss_name: str,
        activation: str,
        numbers: Numbers,
        field: str,
        encoding: Encoding,
        **options: object,
    ) -> None:
        self.loss_name, self.options, self.encoding = loss_name, options, encoding
        self.activation, self.numbers, self.field = activation, numbers.reshape(SAMPLES, -1), field

    @property
    def units(self) -> int:
        return self.numbers.shape[1]

    def plan(self, name: str, **options: object) -> TrainablePlan:
        network = graph(
            input_node("x", (3,)),
            node("y", "Dense", "x", (self.units,), units=self.units, activation=self.activation),
            outputs=["y"],
        )
        shape = () if self.encoding == "index" else (self.units,)
        target = TargetBinding("y", self.field, self.encoding, shape, self.units)
        return plan(
            network,
            losses=[loss("y", self.loss_name, **self.options)],
            metrics=[metric("y", name, "mine", **options)],
            binding=Binding(tuple(FIELDS.values()), (InputBinding("x", "x", (3,)),), (target,)),
        )

    def measured(self, name: str, **options: object) -> float:
        """What nettool's metric comes to, over batches of which the last is smaller."""
        from nettool.engine.compile.objectives import objectives

        (made,) = objectives(self.plan(name, **options))["metrics"]
        targets: Numbers = {
            "yes": YES.reshape(-1, 1) if self.encoding == "value" else YES,
            "kind": CLASS if self.encoding == "index" else np.eye(4)[CLASS],
            "tags": SEVERAL,
        }[self.field]
        for first in range(0, SAMPLES, 96):
            rows = slice(first, first + 96)
            target = targets[rows].astype("int32" if self.encoding == "index" else "float32")
            made.update_state(target, self.numbers[rows].astype("float32"))
        return float(np.asarray(made.result()))


ONE_UNIT = {
    "probabilities": Output("BinaryCrossentropy", "sigmoid", SHARES, "yes", "value"),
    "focal probabilities": Output("BinaryFocalCrossentropy", "sigmoid", SHARES, "yes", "value"),
    "logits": Output("BinaryCrossentropy", "linear", LOGITS, "yes", "value", from_logits=True),
    "focal logits": Output("BinaryFocalCrossentropy", "linear", LOGITS, "yes", "value", from_logits=True),
    "hinge": Output("Hinge", "linear", LOGITS, "yes", "value"),
    "hinge of tanh": Output("SquaredHinge", "tanh", np.tanh(LOGITS), "yes", "value"),
    "hinge of sigmoid": Output("Hinge", "sigmoid", SHARES, "yes", "value"),
    "squared error": Output("MeanSquaredError", "linear", 0.5 + 0.4 * LOGITS, "yes", "value"),
    "squared error of sigmoid": Output("MeanSquaredError", "sigmoid", SHARES, "yes", "value"),
}
WITH_PROBABILITIES = (
    "probabilities",
    "focal probabilities",
    "logits",
    "focal logits",
    "squared error of sigmoid",
)


def counts(yes: Numbers, said: Numbers) -> Mapping[str, int]:
    """The four cells of a table of two classes."""
    return {
        "TruePositives": int((yes & said).sum()),
        "FalsePositives": int((~yes & said).sum()),
        "FalseNegatives": int((yes & ~said).sum()),
        "TrueNegatives": int((~yes & ~said).sum()),
    }


def of_one_unit(name: str) -> float:
    """What a metric of two classes is, of the signs of the logits."""
    from sklearn import metrics as sk

    said = (LOGITS > 0).astype(int)
    found: Mapping[str, Callable[[], float]] = {
        "accuracy": lambda: sk.accuracy_score(YES, said),
        "BinaryAccuracy": lambda: sk.accuracy_score(YES, said),
        "Precision": lambda: sk.precision_score(YES, said),
        "Recall": lambda: sk.recall_score(YES, said),
        "F1Score": lambda: sk.f1_score(YES, said),
        "FBetaScore": lambda: sk.fbeta_score(YES, said, beta=2),
        "BinaryIoU": lambda: np.mean([sk.jaccard_score(YES, said, pos_label=each) for each in (0, 1)]),
        "MeanIoU": lambda: sk.jaccard_score(YES, said, average="macro"),
        "IoU": lambda: sk.jaccard_score(YES, said),
        "AUC": lambda: sk.roc_auc_score(YES, LOGITS),
        **{each: lambda each=each: counts(YES > 0, said > 0)[each] for each in counts(YES > 0, said > 0)},
        "RecallAtPrecision": lambda: at(*sk.precision_recall_curve(YES, LOGITS)[:2], 0.6),
        "PrecisionAtRecall": lambda: at(*sk.precision_recall_curve(YES, LOGITS)[1::-1], 0.6),
        "SensitivityAtSpecificity": lambda: at(
            1 - sk.roc_curve(YES, LOGITS)[0], sk.roc_curve(YES, LOGITS)[1], 0.6
        ),
        "SpecificityAtSensitivity": lambda: at(
            sk.roc_curve(YES, LOGITS)[1], 1 - sk.roc_curve(YES, LOGITS)[0], 0.6
        ),
    }
    return float(found[name]())


def at(first: Numbers, second: Numbers, least: float) -> float:
    """The best of the second where the first is enough."""
    return float(second[first >= least].max())


OPTIONS: Mapping[str, dict[str, Any]] = {
    "F1Score": {"average": "macro"},
    "FBetaScore": {"average": "macro", "beta": 2},
    "MeanIoU": {"num_classes": 2},
    "IoU": {"num_classes": 2, "target_class_ids": [1]},
    "RecallAtPrecision": {"precision": 0.6},
    "PrecisionAtRecall": {"recall": 0.6},
    "SensitivityAtSpecificity": {"specificity": 0.6},
    "SpecificityAtSensitivity": {"sensitivity": 0.6},
}
NEARLY = {"AUC": 0.003, **dict.fromkeys(("RecallAtPrecision", "PrecisionAtRecall"), 0.03)}
NEARLY |= dict.fromkeys(("SensitivityAtSpecificity", "SpecificityAtSensitivity"), 0.03)
"""Keras tries 200 thresholds, where scikit-learn has one for each number."""
OF_TWO_CLASSES = (
    *("accuracy", "BinaryAccuracy", "Precision", "Recall", "F1Score", "FBetaScore", "BinaryIoU", "MeanIoU"),
    *("IoU", "AUC", "TruePositives", "FalsePositives", "FalseNegatives", "TrueNegatives"),
    *("RecallAtPrecision", "PrecisionAtRecall", "SensitivityAtSpecificity", "SpecificityAtSensitivity"),
)


@pytest.mark.parametrize("output", ONE_UNIT)
@pytest.mark.parametrize("name", OF_TWO_CLASSES)
def test_two_classes(name: str, output: str) -> None:
    found = ONE_UNIT[output].measured(name, **OPTIONS.get(name, {}))
    assert found == pytest.approx(of_one_unit(name), abs=NEARLY.get(name, 1e-5))


def errors(target: Numbers, shares: Numbers) -> Mapping[str, float]:
    """Metrics of numbers, worked out in NumPy of probabilities."""
    from sklearn import metrics as sk

    off = shares - target
    return {
        "MeanAbsoluteError": float(np.abs(off).mean()),
        "MeanSquaredError": float((off**2).mean()),
        "RootMeanSquaredError": float(np.sqrt((off**2).mean())),
        "MeanSquaredLogarithmicError": float(((np.log1p(shares) - np.log1p(target)) ** 2).mean()),
        "LogCoshError": float(np.log(np.cosh(off)).mean()),
        "Poisson": float((shares - target * np.log(shares + 1e-7)).mean()),
        "R2Score": float(sk.r2_score(target, shares)),
        "BinaryCrossentropy": float(-(target * np.log(shares) + (1 - target) * np.log(1 - shares)).mean()),
    }


@pytest.mark.parametrize("output", WITH_PROBABILITIES)
@pytest.mark.parametrize("name", errors(YES.astype(float), SHARES))
def test_errors_are_those_of_the_probabilities(name: str, output: str) -> None:
    expected = errors(YES.astype(float), SHARES)[name]
    assert ONE_UNIT[output].measured(name) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("output", ["hinge", "logits"])
def test_a_hinge_is_that_of_signed_scores(output: str) -> None:
    room = np.maximum(0, 1 - (2 * YES - 1) * LOGITS)
    assert ONE_UNIT[output].measured("Hinge") == pytest.approx(room.mean(), rel=1e-5)
    assert ONE_UNIT[output].measured("SquaredHinge") == pytest.approx((room**2).mean(), rel=1e-5)


MANY_UNITS = {
    "probabilities": Output("CategoricalCrossentropy", "softmax", MANY_SHARES, "kind", "one_hot"),
    "logits": Output("CategoricalCrossentropy", "linear", MANY_LOGITS, "kind", "one_hot", from_logits=True),
    "focal logits": Output(
        "CategoricalFocalCrossentropy", "linear", MANY_LOGITS, "kind", "one_hot", from_logits=True
    ),
    "squared error of softmax": Output("MeanSquaredError", "softmax", MANY_SHARES, "kind", "one_hot"),
    "divergence": Output("KLDivergence", "softmax", MANY_SHARES, "kind", "one_hot"),
}
BY_NUMBER = {
    "probabilities": Output("SparseCategoricalCrossentropy", "softmax", MANY_SHARES, "kind", "index"),
    "logits": Output(
        "SparseCategoricalCrossentropy", "linear", MANY_LOGITS, "kind", "index", from_logits=True
    ),
}


def of_many_units(name: str) -> float:
    """What a metric of four classes is, of the shares and of the largest of them."""
    from sklearn import metrics as sk

    said, rows = MANY_SHARES.argmax(axis=1), np.eye(4)[CLASS]
    above = MANY_SHARES > 0.5
    found: Mapping[str, Callable[[], float]] = {
        "accuracy": lambda: sk.accuracy_score(CLASS, said),
        "TopKCategoricalAccuracy": lambda: sk.top_k_accuracy_score(CLASS, MANY_SHARES, k=2),
        "CategoricalCrossentropy": lambda: sk.log_loss(CLASS, MANY_SHARES),
        "KLDivergence": lambda: sk.log_loss(CLASS, MANY_SHARES),
        "BinaryCrossentropy": lambda: errors(rows, MANY_SHARES)["BinaryCrossentropy"],
        "MeanSquaredError": lambda: ((MANY_SHARES - rows) ** 2).mean(),
        "MeanAbsoluteError": lambda: np.abs(MANY_SHARES - rows).mean(),
        "F1Score": lambda: sk.f1_score(CLASS, said, average="macro"),
        "FBetaScore": lambda: sk.fbeta_score(CLASS, said, beta=2, average="macro"),
        "Precision": lambda: sk.precision_score(rows, above, average="micro"),
        "Recall": lambda: sk.recall_score(rows, above, average="micro"),
        "TruePositives": lambda: float((above & (rows > 0)).sum()),
        "AUC": lambda: sk.roc_auc_score(rows.ravel(), MANY_SHARES.ravel()),
        "MeanIoU": lambda: sk.jaccard_score(CLASS, said, average="macro"),
        "IoU": lambda: sk.jaccard_score(CLASS, said, average=None)[1],
        "OneHotMeanIoU": lambda: sk.jaccard_score(CLASS, said, average="macro"),
        "OneHotIoU": lambda: sk.jaccard_score(CLASS, said, average=None)[1],
        "CosineSimilarity": lambda: (MANY_SHARES[np.arange(SAMPLES), CLASS] / norm(MANY_SHARES)).mean(),
        "R2Score": lambda: sk.r2_score(rows, MANY_SHARES),
    }
    return float(found[name]())


def norm(rows: Numbers) -> Numbers:
    return np.sqrt((rows**2).sum(axis=1))


MANY_OPTIONS = {
    **OPTIONS,
    "TopKCategoricalAccuracy": {"k": 2},
    **{each: {"num_classes": 4} for each in ("MeanIoU", "OneHotMeanIoU")},
    **{each: {"num_classes": 4, "target_class_ids": [1]} for each in ("IoU", "OneHotIoU")},
}
OF_MANY_CLASSES = (
    *("accuracy", "TopKCategoricalAccuracy", "CategoricalCrossentropy", "KLDivergence", "BinaryCrossentropy"),
    *("MeanSquaredError", "MeanAbsoluteError", "F1Score", "FBetaScore", "Precision", "Recall"),
    *("TruePositives", "AUC", "MeanIoU", "IoU", "OneHotMeanIoU", "OneHotIoU", "CosineSimilarity", "R2Score"),
)


@pytest.mark.parametrize("output", MANY_UNITS)
@pytest.mark.parametrize("name", OF_MANY_CLASSES)
def test_one_of_many_classes(name: str, output: str) -> None:
    found = MANY_UNITS[output].measured(name, **MANY_OPTIONS.get(name, {}))
    assert found == pytest.approx(of_many_units(name), abs=NEARLY.get(name, 1e-4))


@pytest.mark.parametrize("output", BY_NUMBER)
@pytest.mark.parametrize("name", ["accuracy", "TopKCategoricalAccuracy", "CategoricalCrossentropy", "IoU"])
def test_classes_by_their_numbers(name: str, output: str) -> None:
    found = BY_NUMBER[output].measured(name, **MANY_OPTIONS.get(name, {}))
    assert found == pytest.approx(of_many_units(name), abs=1e-4)


@pytest.mark.parametrize("given", ["probabilities", "logits", "sigmoid and squared error"])
@pytest.mark.parametrize("name", ["accuracy", "Precision", "Recall", "F1Score", "AUC", "BinaryCrossentropy"])
def test_several_classes_at_once(name: str, given: str) -> None:
    from sklearn import metrics as sk

    shares, said = 1 / (1 + np.exp(-SEVERAL_LOGITS)), SEVERAL_LOGITS > 0
    is_logits = given == "logits"
    output = Output(
        "MeanSquaredError" if "squared" in given else "BinaryCrossentropy",
        "linear" if is_logits else "sigmoid",
        SEVERAL_LOGITS if is_logits else shares,
        "tags",
        "value",
        **({"from_logits": True} if is_logits else {}),
    )
    expected: Mapping[str, Callable[[], float]] = {
        "accuracy": lambda: (said == SEVERAL).mean(),
        "Precision": lambda: sk.precision_score(SEVERAL, said, average="micro"),
        "Recall": lambda: sk.recall_score(SEVERAL, said, average="micro"),
        "F1Score": lambda: sk.f1_score(SEVERAL, said, average="macro"),
        "AUC": lambda: sk.roc_auc_score(SEVERAL.ravel(), shares.ravel()),
        "BinaryCrossentropy": lambda: errors(SEVERAL.astype(float), shares)["BinaryCrossentropy"],
    }
    found = output.measured(name, **OPTIONS.get(name, {}))
    assert found == pytest.approx(float(expected[name]()), abs=NEARLY.get(name, 1e-5))


@pytest.mark.parametrize("sign", [0, -1])
def test_targets_of_signed_scores_may_be_minus_one(sign: int) -> None:
    from sklearn import metrics as sk

    from nettool.engine.compile.objectives import objectives

    (made,) = objectives(ONE_UNIT["hinge"].plan("Precision"))["metrics"]
    made.update_state(np.where(YES, 1, sign).reshape(-1, 1), LOGITS.reshape(-1, 1).astype("float32"))
    assert float(made.result()) == pytest.approx(sk.precision_score(YES, LOGITS > 0))


@pytest.mark.parametrize(
    ("options", "cut"),
    [({"thresholds": 0.3}, np.log(0.3 / 0.7)), ({"thresholds": 0}, 0.0), ({"thresholds": 0.5}, 0.0)],
)
def test_a_threshold_is_a_probability_and_0_is_that_of_logits(options: dict[str, object], cut: float) -> None:
    from sklearn import metrics as sk

    found = ONE_UNIT["logits"].measured("Precision", **options)
    assert found == pytest.approx(sk.precision_score(YES, cut < LOGITS))


def told(loss_text: str, activation: str, units: int, metric_text: str) -> list[str]:
    text = (
        f"inputs: {{x: [3]}}\nnodes: {{y: {{layer: Dense, units: {units}, activation: {activation}}}}}\n"
        f"outputs: [y]\nlosses: {{y: {loss_text}}}\nmetrics: {{y: [{metric_text}]}}\n"
    )
    try:
        _, warnings = load_source(Source("spec.yaml", text), "spec")
    except SpecError as error:
        return [each.code for each in error.diagnostics]
    return [each.code for each in warnings]


LOGIT_LOSS = "{loss: BinaryCrossentropy, from_logits: true}"


@pytest.mark.parametrize(
    ("loss_text", "activation", "units", "metric_text", "codes"),
    [
        (LOGIT_LOSS, "linear", 1, "{metric: AUC, from_logits: false}", ["NT407"]),
        (LOGIT_LOSS, "linear", 1, "{metric: AUC, from_logits: true}", []),
        ("binary_crossentropy", "sigmoid", 1, "{metric: BinaryCrossentropy, from_logits: true}", ["NT407"]),
        ("hinge", "linear", 1, "BinaryCrossentropy", ["NT407"]),
        ("hinge", "linear", 1, "{metric: BinaryCrossentropy, from_logits: true}", []),
        ("mse", "linear", 4, "CategoricalCrossentropy", ["NT407"]),
        ("categorical_hinge", "linear", 4, "Precision", ["NT407"]),
        ("categorical_hinge", "linear", 4, "accuracy", []),
        ("binary_crossentropy", "sigmoid", 1, "CategoricalAccuracy", ["NT408"]),
        ("mse", "linear", 1, "PearsonCorrelation", ["NT408"]),
        ("mse", "linear", 4, "{metric: PearsonCorrelation, axis: 0}", ["NT408"]),
        ("mse", "linear", 4, "PearsonCorrelation", []),
        ("categorical_crossentropy", "softmax", 4, "TopKCategoricalAccuracy", ["NT409"]),
        ("categorical_crossentropy", "softmax", 4, "BinaryAccuracy", ["NT409"]),
    ],
)
def test_what_a_metric_cannot_measure_is_told(
    loss_text: str, activation: str, units: int, metric_text: str, codes: list[str]
) -> None:
    assert told(loss_text, activation, units, metric_text) == codes


def test_every_metric_of_keras_is_in_the_table() -> None:
    held = {*OF_TWO_CLASSES, *errors(YES.astype(float), SHARES), *OF_MANY_CLASSES, "Hinge", "SquaredHinge"}
    one_by_one = {"Accuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy", "CategoricalHinge"}
    of_one_formula = {"SparseTopKCategoricalAccuracy", "SparseCategoricalCrossentropy"}
    of_numbers = {"PearsonCorrelation", "ConcordanceCorrelation", "MeanAbsolutePercentageError"}
    assert metrics().keys() - held <= one_by_one | of_one_formula | of_numbers
    assert all(canonical("metrics", name) for name in held - {"accuracy"})
