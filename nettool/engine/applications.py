"""Ready-made networks of keras.applications as layers, and the layers inside them as nodes."""

from typing import Any

import keras

from nettool.graph.network import Node


def build_application(node: Node, tensor: keras.KerasTensor) -> keras.Model:
    """The network that the node names, for inputs like `tensor`; its weights as the node says.

    Published weights are downloaded by Keras, which holds them against their checksum. Raises what Keras
    raises for a shape or an option that the network does not take, or when there is no network to load from.
    """
    options: dict[str, Any] = {name: value for name, value in node.options.items() if name != "trainable"}
    build = getattr(keras.applications, node.operation)
    model = build(input_shape=tuple(tensor.shape[1:]), name=node.name, **options)
    if node.options.get("trainable") is False:
        model.trainable = False
    return model


def inner_layer(node: Node, application: keras.Model, inputs: list[keras.KerasTensor]) -> keras.KerasTensor:
    """What a layer inside an application gives for these inputs; it shares the application's weights.

    Raises ValueError when there is no such layer.
    """
    layer = application.get_layer(str(node.options["layer"]))
    return keras.Model(application.inputs, layer.output, name=node.name)(*inputs)
