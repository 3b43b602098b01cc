import pytest

from nettool.views.diagram.layer_text import layer_text


@pytest.mark.parametrize(
    ("operation", "options", "text"),
    [
        ("Flatten", {}, "Flatten"),
        ("Dense", {"units": 10, "activation": "softmax"}, "Dense 10, softmax"),
        ("Dense", {"activation": "softmax", "units": 10}, "Dense 10, softmax"),
        ("Dense", {"units": 10, "activation": "linear", "use_bias": False}, "Dense 10"),
        ("Dense", {"units": 3, "trainable": False}, "Dense 3, frozen"),
        ("Dense", {"units": 3, "trainable": True}, "Dense 3"),
        (
            "Dense",
            {"units": 3, "activation": {"activation": "LeakyReLU", "slope": 0.2}},
            "Dense 3, LeakyReLU",
        ),
        ("Conv1D", {"filters": 8, "kernel_size": 5}, "Conv1D 5, 8"),
        (
            "Conv2D",
            {"filters": 64, "kernel_size": 3, "padding": "same", "activation": "relu"},
            "Conv2D 3×3, 64, relu, same",
        ),
        ("Conv2D", {"filters": 8, "kernel_size": [3, 5], "strides": 2}, "Conv2D 3×5, 8, stride 2"),
        ("Conv2D", {"filters": 8, "kernel_size": 1, "strides": [1, 1], "padding": "valid"}, "Conv2D 1×1, 8"),
        ("Conv2D", {"filters": 8, "kernel_size": 1, "strides": [2, 1]}, "Conv2D 1×1, 8, stride 2×1"),
        ("Conv3D", {"filters": 8, "kernel_size": 3, "dilation_rate": 2}, "Conv3D 3×3×3, 8, dilation 2"),
        ("MaxPooling2D", {"pool_size": 3}, "MaxPooling2D 3×3"),
        ("MaxPooling2D", {"pool_size": 3, "strides": 1}, "MaxPooling2D 3×3, stride 1"),
        ("Dropout", {"rate": 0.5}, "Dropout 0.5"),
        ("Embedding", {"input_dim": 1000, "output_dim": 128}, "Embedding 1000 ids, 128"),
        ("LSTM", {"units": 32, "return_sequences": True}, "LSTM 32, sequence"),
        ("LSTM", {"units": 32, "return_sequences": False}, "LSTM 32"),
        ("MultiHeadAttention", {"num_heads": 4, "key_dim": 16}, "MultiHeadAttention 4 heads, key 16"),
        ("Reshape", {"target_shape": [4, 4, 8]}, "Reshape 4×4×8"),
        ("ZeroPadding2D", {"padding": 2}, "ZeroPadding2D 2×2"),
        ("Concatenate", {"axis": 1}, "Concatenate axis 1"),
        ("Concatenate", {"axis": -1}, "Concatenate"),
        ("Conv2D", {"filters": 8, "kernel_size": 3, "activation": None}, "Conv2D 3×3, 8"),
        ("Permute", {"dims": [2, 1]}, "Permute [2, 1]"),
        ("Mystery", {"whatever": 3}, "Mystery"),
    ],
)
def test_a_layer_is_told_in_a_few_words(operation: str, options: dict[str, object], text: str) -> None:
    assert layer_text(operation, options) == text
