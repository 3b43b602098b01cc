"""Specs as people write them who know another tool: what is right, what they wrote, the mended line shown."""

SOUND = """\
name: small
inputs: {image: [8, 8, 1]}
nodes:
  conv: {layer: Conv2D, filters: 8, kernel_size: 3, activation: relu}
  flat: {layer: Flatten}
  digit: {layer: Dense, units: 10, activation: softmax}
outputs: [digit]
losses: {digit: sparse_categorical_crossentropy}
metrics: {digit: [accuracy]}
data: digits
train: {optimizer: adam, epochs: 3, batch_size: 32}
"""

NOTATION = [
    ("image: [8, 8, 1]", "image: (8, 8, 1)", "image: [8, 8, 1]"),
    ("image: [8, 8, 1]", "image: 8x8x1", "image: [8, 8, 1]"),
    ("image: [8, 8, 1]", "image: ['8', 8, 1]", "image: [8, 8, 1]"),
    ("inputs: {image: [8, 8, 1]}", "inputs:\n  image: (8, 8, 1)", "image: [8, 8, 1]"),
    ("kernel_size: 3", "kernel_size: (3, 3)", "kernel_size: [3, 3]"),
    ("kernel_size: 3", "kernel_size: 3x3", "kernel_size: [3, 3]"),
    ("kernel_size: 3", "kernel_size: [3, '3']", "kernel_size: [3, 3]"),
    ("activation: relu", "activation: None", "activation: null"),
    ("activation: relu", "use_bias: yes", "use_bias: true"),
    ("activation: relu", "use_bias: 'false'", "use_bias: false"),
    ("filters: 8", 'filters: "8"', "filters: 8"),
    ("filters: 8", "filters: 8.0", "filters: 8"),
    (
        "layer: Flatten}",
        "layer: Flatten}\n  scaled: {layer: Rescaling, scale: 1/255}",
        "scale: 0.00392156862745098",
    ),
    ("batch_size: 32", "batch_size: '32'", "batch_size: 32"),
    ("batch_size: 32", "batch_size: 1_000", "batch_size: 1000"),
    ("batch_size: 32", "validation_split: 20%", "validation_split: 0.2"),
    ("data: digits", "data: {dataset: digits, resize: (8, 8)}", "resize: [8, 8]"),
    ("units: 10", "units:10", "units: 10"),
    ("epochs: 3", "epochs:3", "epochs: 3"),
    ("layer: Flatten", "layer:Flatten", "layer: Flatten"),
    ("{layer: Flatten}", "\n    layer: Flatten\n    trainable:false", "trainable: false"),
    ("flat: {layer: Flatten}", "flat:{layer: Flatten}", "flat: {layer: Flatten}"),
    (
        "train: {optimizer: adam, epochs: 3, batch_size: 32}",
        "train:\n  epochs: 3\n  batch_size:32",
        "batch_size: 32",
    ),
    ("train: {optimizer: adam, epochs: 3, batch_size: 32}", "train:\n  epochs:3", "train: {epochs: 3}"),
    (
        "train: {optimizer: adam, epochs: 3, batch_size: 32}",
        "train:\n  epochs:3\n  batch_size:32",
        "train: {epochs: 3, batch_size: 32}",
    ),
]
"""What is right in the sound spec, what somebody writes instead, and the mended line that they are shown."""
WORDS = [
    (
        "optimizer: adam,",
        "optimizer: adam, learning_rate: 0.01,",
        "optimizer: {optimizer: adam, learning_rate: 0.01}",
    ),
    ("optimizer: adam,", "lr: 0.01,", "optimizer: {optimizer: Adam, learning_rate: 0.01}"),
    (
        "optimizer: adam,",
        "optimizer: {optimizer: SGD, momentum: 0.9}, learning_rate: 1e-2,",
        "optimizer: {optimizer: SGD, momentum: 0.9, learning_rate: 1e-2}",
    ),
    ("name: small", "name: small\nlearning_rate: 0.01", "optimizer: {optimizer: adam, learning_rate: 0.01}"),
    ("optimizer: adam,", "scheduler: cosine,", None),
    ("optimizer: adam,", "optimizer: {name: adam, learning_rate: 0.01},", None),
    ("optimizer: adam,", "optimizer: {type: adam},", "optimizer: {optimizer: adam}"),
    ("optimizer: adam,", "optimizer: {adam: {learning_rate: 0.01}},", None),
    (
        "optimizer: adam,",
        "optimizer: {learning_rate: 0.01},",
        "optimizer: {optimizer: Adam, learning_rate: 0.01}",
    ),
    ("optimizer: adam,", "callbacks: [EarlyStopping],", "early_stopping: {}"),
    (
        "optimizer: adam,",
        "callbacks: [{EarlyStopping: {patience: 3, restore_best_weights: true}}, TensorBoard, ModelCheckpoint],",
        "early_stopping: {patience: 3, restore_best: true}",
    ),
    ("optimizer: adam,", "callbacks: [ModelCheckpoint],", "callbacks"),
    (
        "name: small",
        "name: small\ncallbacks: [{callback: ReduceLROnPlateau, factor: 0.5, min_lr: 1e-5}]",
        "reduce_learning_rate: {factor: 0.5, min_learning_rate: 1e-5}",
    ),
    ("optimizer: adam,", "patience: 3,", "early_stopping: {patience: 3}"),
    ("optimizer: adam,", "early_stopping: true,", "early_stopping: {}"),
    ("optimizer: adam,", "early_stopping: 5,", "early_stopping: {patience: 5}"),
    ("optimizer: adam,", "early_stopping: val_loss,", "early_stopping: {monitor: val_loss}"),
    ("optimizer: adam,", "reduce_learning_rate: false,", "reduce_learning_rate"),
    ("optimizer: adam,", "val_split: 0.2,", "validation_split"),
    ("epochs: 3", "num_epochs: 3", "epochs"),
    ("epochs: 3", "epochs: 3, num_epochs: 4", "num_epochs"),
    ("batch_size: 32", "bs: 32", "batch_size"),
    ("optimizer: adam,", "shuffle: true,", "shuffle"),
    ("optimizer: adam,", "verbose: 1,", "verbose"),
    ("optimizer: adam,", "mixed_precision: true,", "precision: mixed_float16"),
    ("optimizer: adam,", "precision: fp16,", "mixed_float16"),
    ("optimizer: adam, epochs: 3,", "optimizer: adam,", None),
    ("name: small", "name: small\nepochs: 3", "epochs"),
    ("name: small", "name: small\nval_split: 0.2", "validation_split: 0.2"),
    ("name: small", "name: small\nseed: 3", "seed: 3"),
    ("train: {optimizer: adam, epochs: 3, batch_size: 32}", "epochs: 3", "epochs: 3"),
    ("train: {optimizer: adam, epochs: 3, batch_size: 32}", "training: {epochs: 3}", "train"),
    ("data: digits", "data: {dataset: digits, val_split: 0.2}", "validation_split: 0.2"),
    ("data: digits", "data: {dataset: digits, batch_size: 32}", "batch_size"),
    ("data: digits", "data: {dataset: digits, shuffle: true}", "shuffle"),
    ("data: digits", "data: {dataset: digits, augmentation: [RandomFlip]}", "augment"),
    ("data: digits", "data: {name: digits}", "dataset"),
    ("data: digits", "dataset: digits", "data"),
    ("optimizer: adam,", "limit: 100,", "data: {dataset: digits, limit: 100}"),
    ("name: small", "name: small\ntest_split: 0.3", "data: {dataset: digits, test_split: 0.3}"),
    ("data: digits", "data: {csv: t.csv, columns: {image: [a], digit: b}}", "table"),
    ("data: digits", "data: {path: t.csv, columns: {image: [a], digit: b}}", "table"),
    ("data: digits", "data: t.npz", "data: {arrays: t.npz}"),
    ("data: digits", "data: {file: t.npz}", "arrays"),
    ("data: digits", "data: {directory: pets}", "folder"),
    (
        "losses: {digit: sparse_categorical_crossentropy}",
        "losses: sparse_categorical_crossentropy",
        "losses: {digit: sparse_categorical_crossentropy}",
    ),
    (
        "losses: {digit: sparse_categorical_crossentropy}",
        "loss: sparse_categorical_crossentropy",
        "losses: {digit: sparse_categorical_crossentropy}",
    ),
    (
        "losses: {digit: sparse_categorical_crossentropy}",
        "losses: [sparse_categorical_crossentropy]",
        "losses: {digit: sparse_categorical_crossentropy}",
    ),
    ("digit: sparse_categorical_crossentropy", "digit: {type: mse}", "{loss: mse}"),
    ("optimizer: adam,", "loss: mse,", "loss"),
    ("name: small", "name: small\nloss: mse", "loss"),
    ("metrics: {digit: [accuracy]}", "metrics: [accuracy]", "metrics: {digit: [accuracy]}"),
    ("metrics: {digit: [accuracy]}", "metrics: accuracy", "metrics: {digit: accuracy}"),
    ("flat: {layer: Flatten}", "flat: Flatten", "flat: {layer: Flatten}"),
    ("flat: {layer: Flatten}", "flat: {type: Flatten}", "flat: {layer: Flatten}"),
    (
        "flat: {layer: Flatten}",
        "flat: {Flatten: {trainable: false}}",
        "flat: {layer: Flatten, trainable: false}",
    ),
]
"""The same for words of other tools, and for keys in the wrong section."""
NODES = SOUND[SOUND.index("nodes:") : SOUND.index("outputs:")].rstrip("\n")
STRUCTURE = [
    ("inputs: {image: [8, 8, 1]}", "inputs: {image: [null, 8, 8, 1]}", "image: [8, 8, 1]"),
    ("inputs: {image: [8, 8, 1]}", "inputs: {image: [32, 8, 8, 1]}", "image: [8, 8, 1]"),
    ("inputs: {image: [8, 8, 1]}", "inputs: {image: (None, 8, 8, 1)}", "image: [8, 8, 1]"),
    (
        "inputs: {image: [8, 8, 1]}",
        "inputs: {image: {shape: [null, 8, 8, 1], dtype: float32}}",
        "shape: [8, 8, 1]",
    ),
    ("inputs: {image: [8, 8, 1]}", "inputs: [8, 8, 1]", "inputs: {image: [8, 8, 1]}"),
    ("inputs: {image: [8, 8, 1]}", "input_shape: [8, 8, 1]", "inputs: {image: [8, 8, 1]}"),
    ("inputs: {image: [8, 8, 1]}", "inputs: {image: {input_shape: [8, 8, 1]}}", "shape"),
    ("outputs: [digit]", "outputs: {digit: digit}", "outputs: [digit]"),
    ("losses: {digit:", "losses: {loss:", "digit"),
    (
        NODES,
        NODES.replace("  conv", "  - conv").replace("  flat", "  - flat").replace("  digit", "  - digit"),
        None,
    ),
    (
        NODES,
        "nodes: [{layer: Conv2D, filters: 8, kernel_size: 3}, Flatten, {layer: Dense, name: digit, units: 10}]",
        None,
    ),
    ("  flat:", "  dígito:", "digito"),
    ("  flat:", "  größe:", "grosse"),
    ("  flat:", "  1flat:", "flat_1"),
    ("  flat:", "  my flat:", "my_flat"),
    ("  flat:", "  res.flat:", "res_flat"),
    ("  flat:", "  _flat:", "flat"),
    ("  flat:", "  扁平:", "node"),
    ("name: small", "name: ../small", "small"),
]
"""The same for inputs, nodes and outputs in another form, and for names in other letters."""
NAMES = [
    ("{layer: Flatten}", "{layer: keras.layers.Flatten}", "Flatten"),
    ("{layer: Flatten}", "{layer: Flatten()}", "Flatten"),
    ("{layer: Flatten}", "{layer: BatchNorm2d}\n  f: {layer: Flatten}", "BatchNormalization"),
    ("{layer: Flatten}", "{layer: AdaptiveAvgPool2d}", "GlobalAveragePooling2D"),
    ("{layer: Flatten}", "{layer: MaxPool}\n  f: {layer: Flatten}", "MaxPooling2D"),
    (
        "{layer: Flatten}",
        "{layer: GELU}\n  f: {layer: Flatten}",
        "flat: {layer: Activation, activation: gelu}",
    ),
    ("{layer: Flatten}", "{layer: Flatten}\n  fc: {layer: Linear, out_features: 20, bias: false}", "Dense"),
    (
        "{layer: Flatten}",
        "{layer: Flatten}\n  fc: {layer: nn.Linear, in_features: 288, units: 20}",
        "in_features",
    ),
    ("{layer: Flatten}", "{layer: Flatten}\n  drop: {layer: Dropout, p: 0.5}", "rate"),
    ("conv:", "image_in: {layer: InputLayer}\n  conv:", "image_in"),
    ("filters: 8", "out_channels: 8", "filters"),
    ("filters: 8", "filters: 8, stride: 2", "strides"),
    ("filters: 8", "filters: 8, name: first", "name"),
    ("filters: 8", "filters: 8, input_shape: [8, 8, 1]", "input_shape"),
    ("filters: 8", "filters: 8, input: image", "from"),
    ("activation: relu", "act: relu", "activation"),
    ("activation: relu", "kernel_regularizer: 0.01", "kernel_regularizer: {regularizer: L2, l2: 0.01}"),
    ("activation: relu", "kernel_regularizer: {l2: 0.01}", "kernel_regularizer: {regularizer: l2, l2: 0.01}"),
    ("activation: relu", "kernel_regularizer: l2(0.01)", "kernel_regularizer: {regularizer: L2, l2: 0.01}"),
    ("activation: relu", "kernel_regularizer: {l1: 0.01, l2: 0.1}", None),
    ("activation: relu", "kernel_regularizer: {name: l2, l2: 0.01}", None),
    ("activation: relu", "regularizer: l2", "kernel_regularizer"),
    ("activation: relu", "kernel_initializer: xavier", "kernel_initializer: glorot_uniform"),
    (
        "activation: relu",
        "kernel_initializer: {type: HeNormal}",
        "kernel_initializer: {initializer: HeNormal}",
    ),
    ("digit: sparse_categorical_crossentropy", "digit: crossentropy", "sparse_categorical_crossentropy"),
    ("digit: sparse_categorical_crossentropy", "digit: CrossEntropyLoss", "sparse_categorical_crossentropy"),
    ("digit: sparse_categorical_crossentropy", "digit: nll", "sparse_categorical_crossentropy"),
    ("[accuracy]", "[f1]", "{metric: F1Score, average: macro}"),
    ("[accuracy]", "f1", "digit: categorical_crossentropy"),
    ("[accuracy]", "[{metric: f1, name: f}]", None),
    ("[accuracy]", "[f1_score]", "{metric: F1Score, average: macro}"),
    ("[accuracy]", "[top5]", "{metric: TopKCategoricalAccuracy, k: 5}"),
    ("[accuracy]", "[roc_auc]", "auc"),
    ("optimizer: adam", "optimizer: adam(0.01)", "{optimizer: Adam, learning_rate: 0.01}"),
    ("optimizer: adam", "optimizer: momentum", "{optimizer: SGD, momentum: 0.9}"),
    ("optimizer: adam", "optimizer: {optimizer: SGD, lr: 0.01}", "learning_rate"),
]
"""The same for classes and options under names of other tools."""
