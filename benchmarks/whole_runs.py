"""`nettool train` of the MNIST guide, from the prompt to the finished run, against the Keras script."""

import statistics
from pathlib import Path

import numpy as np
from processes import Ended, run

HERE = Path(__file__).parent
ABSENT = {
    "as it is installed here": (),
    "with neither JAX nor scikit-learn installed": ("jax", "sklearn"),
}
"""Keras on TensorFlow imports what it finds of these and does without it: no script should pay for them."""


def compare_runs(folder: Path, data_dir: Path | None, rounds: int) -> None:
    """Print seconds and peak memory of both, in turns, and the medians of the ratios."""
    data = data_dir or made_up(folder / "data")
    arrays = as_one_file(data, folder / "mnist.npz")
    nettool = ("-m", "nettool", "train", HERE.parent / "configs" / "mnist_mlp.yaml", "--offline")
    places = ("--data-dir", data.absolute(), "--runs-dir", folder / "runs")
    script = HERE / "keras_scripts" / "mnist_mlp.py"
    ours: list[Ended] = []
    theirs: dict[str, list[Ended]] = {name: [] for name in ABSENT}
    for _ in range(rounds):
        ours.append(run(*nettool, *places))
        for name, absent in ABSENT.items():
            without = {"PYTHONPATH": str(hiding(folder / "without", absent))} if absent else {}
            theirs[name].append(run(script, arrays, folder=folder, environment=without))
    print("\nMNIST guide, 5 epochs, from the prompt to the finished run\n")
    print("| side | seconds | nettool takes … of it | budget | peak memory | of it |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    print(f"| nettool train | {median(ours, 'seconds'):.2f} | | | {median(ours, 'peak'):.0f} MiB | |")
    for name, ended in theirs.items():
        time, memory = ratio(ours, ended, "seconds"), ratio(ours, ended, "peak")
        print(
            f"| Keras script, {name} | {median(ended, 'seconds'):.2f} | {time:.2f} | 0.55 "
            f"| {median(ended, 'peak'):.0f} MiB | {memory:.2f} |",
            flush=True,
        )


def median(ended: list[Ended], figure: str) -> float:
    return statistics.median(getattr(each, figure) for each in ended)


def ratio(ours: list[Ended], theirs: list[Ended], figure: str) -> float:
    return statistics.median(
        getattr(our, figure) / getattr(their, figure) for our, their in zip(ours, theirs, strict=True)
    )


def hiding(folder: Path, packages: tuple[str, ...]) -> Path:
    """A folder to search first, in which these packages are as if they were not installed."""
    folder.mkdir(exist_ok=True)
    for package in packages:
        (folder / f"{package}.py").write_text("raise ModuleNotFoundError(__name__)\n")
    return folder


def as_one_file(data: Path, path: Path) -> Path:
    """MNIST as Keras distributes it, made of what nettool reads."""
    from nettool.data.builtin.catalogue import DATA_SETS
    from nettool.data.builtin.obtain import obtain
    from nettool.data.place import Place

    found = obtain(DATA_SETS["mnist"], Place(data, offline=True), lambda _: None, progress=False)
    np.savez_compressed(
        path,
        x_train=found.train.images[..., 0],
        y_train=found.train.labels.astype(np.uint8),
        x_test=found.test.images[..., 0],
        y_test=found.test.labels.astype(np.uint8),
    )
    return path


def made_up(folder: Path) -> Path:
    """As many images as MNIST has, of the digits that come with scikit-learn, enlarged to 28×28."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    images = np.kron(digits.images * 15, np.ones((3, 3))).astype(np.uint8)
    images = np.pad(images, ((0, 0), (2, 2), (2, 2)))
    train, test = np.arange(60_000) % len(images), np.arange(10_000) % len(images)
    folder.mkdir()
    np.savez_compressed(
        folder / "mnist.npz",
        x_train=images[train],
        y_train=digits.target[train].astype(np.uint8),
        x_test=images[test],
        y_test=digits.target[test].astype(np.uint8),
    )
    return folder
