"""Messages name what their reader can change: an option on the command line, an argument in Python."""

import pytest

import nettool
from nettool.diagnostics.caller import argument, by_caller, on_command_line, override


def words() -> list[str]:
    return [
        by_caller(command_line="typed", python="called"),
        argument("batch_size", 32),
        argument("backend", "tensorflow"),
        override("data.limit", 100),
    ]


IN_PYTHON = ["called", "`batch_size=32`", '`backend="tensorflow"`', '`{"data.limit": 100}`']


def test_a_program_reads_of_arguments_and_whoever_types_of_options() -> None:
    assert words() == IN_PYTHON
    with on_command_line():
        assert words() == [
            "typed",
            "`--batch-size 32`",
            "`--backend tensorflow`",
            "`--set data.limit=100`",
        ]
        with on_command_line():
            pass
        assert words()[0] == "typed"
    assert words() == IN_PYTHON


@pytest.mark.parametrize(
    ("overrides", "data", "message"),
    [
        (
            {"train.epoch": 6},
            None,
            "override `train.epoch=6`: error NT201: `train` has no key `epoch`: did you",
        ),
        ({"train..epochs": 6}, None, 'write a path and a value, for example `{"train.epochs": 3}`'),
        ({"train.epochs": 0}, None, "override `train.epochs=0`: error NT205"),
        ({"device": "gpu"}, None, 'leave `device` out: `nettool.train` takes it: `device="gpu:0"`'),
        ({"backend": "jax"}, None, 'leave `backend` out: `nettool.train` takes it: `backend="jax"`'),
        ({"log_dir": "x"}, None, "leave `log_dir` out: runs lie below `runs/`, or where `runs_dir` says"),
        (None, "mnits", 'data="mnits": error NT501: there is no data set `mnits`: did you mean `mnist`?'),
    ],
)
def test_a_mistake_in_a_call_of_python_names_no_option(
    overrides: dict[str, object] | None, data: str | None, message: str
) -> None:
    with pytest.raises(nettool.SpecError) as error:
        nettool.load("configs/digits_mlp.yaml", overrides, data=data)
    assert message in str(error.value)
    assert "--" not in str(error.value)
