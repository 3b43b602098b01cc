import pytest

from nettool.engine.devices.device_choice import DeviceChoice, device_choice


@pytest.mark.parametrize(
    ("text", "kind", "numbers", "names"),
    [
        ("auto", "auto", (), ()),
        ("cpu", "cpu", (0,), ("cpu:0",)),
        ("cpu:0,1", "cpu", (0, 1), ("cpu:0", "cpu:1")),
        ("gpu", "gpu", (0,), ("gpu:0",)),
        ("gpu:1", "gpu", (1,), ("gpu:1",)),
        ("gpu:2,0", "gpu", (2, 0), ("gpu:2", "gpu:0")),
    ],
)
def test_a_device_is_a_kind_and_numbers(
    text: str, kind: str, numbers: tuple[int, ...], names: tuple[str, ...]
) -> None:
    choice = device_choice(text)
    assert (choice.kind, choice.numbers, choice.names) == (kind, numbers, names)
    assert device_choice(str(choice)) == choice


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("gpus", "is no device: write auto, cpu, gpu:0, or several as in gpu:0,1"),
        ("gpu:", "is no device"),
        ("gpu:-1", "is no device"),
        ("cpu:0,gpu:0", "is no device"),
        ("gpu:1,1", "names a device twice"),
        ("cpu:1", "parts of the processor are counted from 0"),
        ("cpu:" + ",".join(map(str, range(17))), "at most 16 devices"),
    ],
)
def test_anything_else_is_refused_with_what_can_be_written(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        device_choice(text)


def test_the_choice_is_a_plain_value() -> None:
    assert DeviceChoice("gpu", (0, 1)) == device_choice("gpu:0,1")
