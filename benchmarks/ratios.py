"""How fast nettool trains, against the scripts that people write with Keras, PyTorch and JAX, in one table.

    python benchmarks/ratios.py [--only PART] [--rounds 3] [--data-dir FOLDER]

Every side is a process of its own, and the sides take turns, so that a machine that slows down slows all of
them; a ratio is taken round by round, and its median counts. Rates are those of the best epoch after the
first, which holds the tracing. A framework that is not installed is left out, and told so. MNIST is made up
(the digits of scikit-learn, enlarged) unless the folder has the data; all other data are random.

Parts: `dense` (784-64-64-10), `resnet` (the toy ResNet of configs/resnet.yaml, shuffled), `augmented` (the
same with RandomFlip and RandomTranslation), `run` (from the prompt to the finished run, with its peak
memory), `deterministic` (what `train.deterministic` costs; only when it is asked for). All but the last take
about six minutes on two quiet cores.
"""

import argparse
import statistics
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from processes import LIMIT, Ended, TooSlow, run
from whole_runs import compare_runs

HERE = Path(__file__).parent
NETTOOL, KERAS, TORCH, JAX = (
    HERE / name for name in ("nettool_training.py", "keras_scripts", "torch_scripts", "jax_scripts")
)
BUDGETS = {
    "Keras script": {"dense": 2.5, "resnet": 1.0},
    "Keras, best tuned": {"dense": 0.95},
    "Keras script, layers in the model": {"augmented": 1.3},
}

Command = tuple[str | Path, ...]
"""A script and its arguments; the arrays and the number of epochs come after the script."""
Sides = Mapping[str, tuple[Command, ...]]
"""Of a side, one or more commands: the one that is fastest in the median counts."""

DENSE: Sides = {
    "nettool": ((NETTOOL, "dense"),),
    "Keras script": ((KERAS / "dense.py",),),
    "Keras, best tuned": tuple((KERAS / "dense_tuned.py", how) for how in ("steps", "cached", "compiled")),
    "PyTorch script": ((TORCH / "dense.py",),),
    "JAX script": ((JAX / "dense.py",),),
}
RESNET: Sides = {
    "nettool": ((NETTOOL, "resnet"),),
    "Keras script": ((KERAS / "resnet.py", "plain"),),
    "PyTorch script": ((TORCH / "resnet.py",),),
    "JAX script": ((JAX / "resnet.py",),),
}
AUGMENTED: Sides = {
    "nettool": ((NETTOOL, "augmented"),),
    "Keras script, layers in the model": ((KERAS / "resnet.py", "inside"),),
    "Keras script, tf.data's map": ((KERAS / "resnet.py", "mapped"),),
}
DETERMINISTIC: Mapping[str, Sides] = {
    which: {
        "nettool": ((NETTOOL, which),),
        "nettool, deterministic": ((NETTOOL, which, "train.deterministic=true"),),
    }
    for which in ("dense", "resnet")
}


def compare(part: str, title: str, sides: Sides, arrays: Path, epochs: int, rounds: int) -> None:
    """Print a table of the rates (samples per second) and how many times as fast nettool is."""
    with np.load(arrays) as made_up:
        samples = len(made_up["labels"])
    present = {side: commands for side, commands in sides.items() if is_installed(side)}
    rates: dict[str, list[list[float]]] = {side: [[] for _ in present[side]] for side in present}
    for _ in range(rounds):
        for side, commands in present.items():
            for command, found in zip(commands, rates[side], strict=True):
                with suppress(TooSlow):
                    found.append(samples / best_epoch(command, arrays, epochs))
    print(f"\n{title}\n")
    print("| side | samples/s | nettool is … times as fast | budget |")
    print("| --- | ---: | ---: | ---: |")
    (ours,) = next(iter(rates.values()))
    if len(ours) < rounds:
        raise SystemExit("the machine is too busy to measure anything")
    for side, several in rates.items():
        whole = [found for found in several if len(found) == rounds]
        if not whole:
            print(f"| {side} | more than {LIMIT:.0f} s | | |")
            continue
        best = max(whole, key=statistics.median)
        ratio = statistics.median(our / their for our, their in zip(ours, best, strict=True))
        budget = BUDGETS.get(side, {}).get(part, "")
        print(f"| {side} | {statistics.median(best):,.0f} | {ratio:.2f} | {budget} |", flush=True)
    for side in sides.keys() - present.keys():
        print(f"\n{side} is left out: it is not installed")


def is_installed(side: str) -> bool:
    """Whether the framework that a side needs can be imported."""
    return all(
        find_spec(module) is not None
        for word, module in (("PyTorch", "torch"), ("JAX", "jax"))
        if word in side
    )


def best_epoch(command: Command, arrays: Path, epochs: int) -> float:
    """The seconds of the best epoch after the first."""
    script, *further = command
    ended: Ended = run(script, arrays, epochs, *further)
    return min(ended.last_line()[1:])


def dense(folder: Path, rounds: int) -> None:
    arrays = random_arrays(folder / "dense.npz", 60_000, (28, 28))
    compare("dense", "784-64-64-10, batches of 64", DENSE, arrays, 6, rounds)


def resnet(folder: Path, rounds: int) -> None:
    arrays = random_arrays(folder / "resnet.npz", 1_280, (32, 32, 3))
    compare("resnet", "Toy ResNet, batches of 64, shuffled", RESNET, arrays, 3, rounds)


def augmented(folder: Path, rounds: int) -> None:
    arrays = random_arrays(folder / "augmented.npz", 1_280, (32, 32, 3))
    title = "Toy ResNet, with RandomFlip and RandomTranslation"
    compare("augmented", title, AUGMENTED, arrays, 3, rounds)


def deterministic(folder: Path, rounds: int) -> None:
    for which, samples, shape in (("dense", 60_000, (28, 28)), ("resnet", 1_280, (32, 32, 3))):
        arrays = random_arrays(folder / f"{which}.npz", samples, shape)
        compare("deterministic", f"{which}: train.deterministic", DETERMINISTIC[which], arrays, 3, rounds)


def random_arrays(path: Path, samples: int, shape: tuple[int, ...]) -> Path:
    """A file of made-up images and labels."""
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (samples, *shape), dtype=np.uint8)
    np.savez(path, images=images, labels=random.integers(0, 10, samples))
    return path


PARTS: Mapping[str, Callable[[Path, int], None]] = {
    "dense": dense,
    "resnet": resnet,
    "augmented": augmented,
    "deterministic": deterministic,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", action="append", choices=("dense", "resnet", "augmented", "run", "deterministic")
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data-dir", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for part in chosen.only or ("dense", "resnet", "augmented", "run"):
            if part == "run":
                compare_runs(Path(name), chosen.data_dir, chosen.rounds)
            else:
                PARTS[part](Path(name), chosen.rounds)


if __name__ == "__main__":
    main()
