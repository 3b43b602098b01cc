"""Pictures of looks into a model have names that say what they show and that every file system takes."""

import pytest

from nettool.record.checkpoints.model_files import Checkpoint
from nettool.record.files.pictures import inspection_stem


@pytest.mark.parametrize(
    ("what", "parts", "checkpoint", "stem"),
    [
        ("mistakes", (), "last", "mistakes"),
        ("filters", ("res.1.conv_a",), "last", "filters_res.1.conv_a"),
        (
            "filters",
            ("memory", "gru_cell/recurrent_kernel"),
            "best",
            "filters_memory_gru_cell-recurrent_kernel_best",
        ),
        ("activations", ("a+b", "my dog: (1)"), "last", "activations_a+b_my-dog-1-"),
        ("embedding", ("x" * 100,), "last", "embedding_" + "x" * 51 + "-09ecb6eb"),
    ],
)
def test_the_name_says_what_is_shown(
    what: str, parts: tuple[str, ...], checkpoint: Checkpoint, stem: str
) -> None:
    assert inspection_stem(what, parts, checkpoint) == stem
