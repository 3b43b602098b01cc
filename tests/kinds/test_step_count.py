import pytest

from nettool.kinds.step_count import epochs_of, in_steps


@pytest.mark.parametrize(
    ("written", "epochs"),
    [
        ("5 epochs", 5.0),
        ("1 epoch", 1.0),
        ("0.5 epochs", 0.5),
        ("0 epochs", 0.0),
        ("5", None),
        ("-1 epochs", None),
    ],
)
def test_a_number_of_epochs_is_read(written: str, epochs: float | None) -> None:
    assert epochs_of(written) == epochs


@pytest.mark.parametrize(
    ("written", "steps"), [(7, 7), (None, None), ("2 epochs", 50), ("0.5 epochs", 12), ("0.001 epochs", 1)]
)
def test_epochs_become_the_nearest_number_of_steps(written: object, steps: object) -> None:
    assert in_steps(written, steps_per_epoch=25, lowest=1) == steps
