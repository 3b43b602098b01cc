"""Which family a layer belongs to, for colours and legends."""

_KNOWN = {
    "InputLayer": "input",
    "Dense": "dense",
    "Embedding": "embedding",
    "Flatten": "reshaping",
    "Reshape": "reshaping",
    "Dropout": "regularization",
    "BatchNormalization": "normalization",
    "Activation": "activation",
    "LSTM": "recurrent",
}
_MERGES = {"Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot"}


def family_of(operation: str) -> str:
    """The family of a Keras class; `other` for a class that nobody listed."""
    if operation in _MERGES:
        return "merging"
    if "Pooling" in operation:
        return "pooling"
    if "Conv" in operation:
        return "convolution"
    return _KNOWN.get(operation, "other")
