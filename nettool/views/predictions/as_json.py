"""Predictions as JSON, an object for each sample on a line of its own."""

import json

from nettool.views.predictions.number_text import exact
from nettool.views.predictions.prediction import Answer, Answered, ClassAnswer, ImageAnswer, Prediction


class AsJson:
    """`file`, `sample` (its number in a file of many) and `outputs`, by name what each answers."""

    def __init__(self, answered: Answered) -> None:
        self._forms = answered.forms

    def head(self) -> str:
        """Nothing."""
        return ""

    def line(self, prediction: Prediction) -> str:
        """One object."""
        facts: dict[str, object] = {"file": prediction.sample.file}
        if prediction.sample.number is not None:
            facts["sample"] = prediction.sample.number
        facts["outputs"] = {
            form.output: _facts(answer) for form, answer in zip(self._forms, prediction.answers, strict=True)
        }
        return json.dumps(facts, ensure_ascii=False) + "\n"


def _facts(answer: Answer) -> dict[str, object]:
    if isinstance(answer, ClassAnswer):
        word = "probability" if answer.are_probabilities else "score"
        ranked = [{"class": each.name, word: exact(each.value)} for each in answer.ranked]
        return {**ranked[0], "top": ranked}
    if isinstance(answer, ImageAnswer):
        return {"picture": answer.path, "shape": list(answer.pixels.shape)}
    return {"values": _listed(answer.values.tolist())}


def _listed(values: object) -> object:
    """Nested lists of the numbers; NaN and infinity, for which JSON has no word, as null."""
    if isinstance(values, list):
        return [_listed(each) for each in values]
    assert isinstance(values, float)
    return exact(values) if abs(values) < float("inf") else None
