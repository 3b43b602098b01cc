"""States whose checksum is right and whose content is not: --resume refuses each, and changes nothing."""

import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import numpy as np
import pytest
from command_line import run as nettool

from nettool.record.checkpoints.state_file import read_state

pytestmark = pytest.mark.keras

SPEC = """\
name: slope
data: {table: {train: slope.csv, test: slope.csv}, columns: {x: x, y: y}}
inputs: {x: [1]}
nodes:
  h: {layer: Dense, units: 3, activation: relu}
  rest: {layer: Dropout, rate: 0.1}
  y: {layer: Dense, from: rest, units: 1}
outputs: [y]
losses: {y: mse}
metrics: {y: mae}
train:
  epochs: 2
  batch_size: 8
  early_stopping: {patience: 5}
  reduce_learning_rate: {patience: 3}
"""
FACTS = "state.json"
REFUSALS = "error: (the saved |the spec in |the data are not |.*state.npz is damaged: )"
Members = dict[str, bytes]
Change = Callable[[Members], None]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two epochs of five steps each."""
    folder = tmp_path_factory.mktemp("trained")
    rows = "".join(f"{x},{2 * x - 1}\n" for x in range(60))
    (folder / "slope.csv").write_text("x,y\n" + rows, encoding="utf-8")
    (folder / "slope.yaml").write_text(SPEC, encoding="utf-8")
    ended = nettool("train", str(folder / "slope.yaml"), "--runs-dir", str(folder), "--quiet")
    assert ended.code == 0, ended.err
    return folder


@pytest.fixture
def run(trained: Path, tmp_path: Path) -> Path:
    (stamp,) = (path for path in (trained / "slope").iterdir() if not path.is_symlink())
    copy = Path(shutil.copytree(stamp, tmp_path / "runs" / "slope" / stamp.name))
    status = copy / "status.json"
    status.write_text(status.read_text(encoding="utf-8").replace("finished", "interrupted"), encoding="utf-8")
    return copy


def rewrite(path: Path, change: Change) -> None:
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    path.unlink()
    digest = hashlib.sha256()
    with ZipFile(path, "w", ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
            digest.update(content)
        archive.comment = digest.hexdigest().encode()


def facts(change: Callable[[Any], object]) -> Change:
    def changed(members: Members) -> None:
        told = json.loads(members[FACTS])
        change(told)
        members[FACTS] = json.dumps(told).encode()

    return changed


def put(place: str, value: object) -> Change:
    """Another value at a place such as `history.1.0`."""

    def changed(told: Any) -> None:
        *before, last = (int(key) if key.isdigit() else key for key in place.split("."))
        for key in before:
            told = told[key]
        told[last] = value

    return facts(changed)


def without(place: str) -> Change:
    def changed(told: Any) -> None:
        *before, last = (int(key) if key.isdigit() else key for key in place.split("."))
        for key in before:
            told = told[key]
        del told[last]

    return facts(changed)


def number_of(told: Any, group: str, part: str) -> int:
    return next(n for n, each in enumerate(told["arrays"][group]) if part in each["name"])


def array(group: str, part: str, change: Callable[[Any], Any], dtype: str | None = None) -> Change:
    """Another array in the place of the one whose name has that part; of the type that is then stated."""

    def changed(members: Members) -> None:
        told = json.loads(members[FACTS])
        number = number_of(told, group, part)
        name = f"{group}/{number}.npy"
        buffer = io.BytesIO()
        other = change(np.load(io.BytesIO(members[name])))
        np.save(buffer, other, allow_pickle=True)
        members[name] = buffer.getvalue()
        told["arrays"][group][number]["dtype"] = dtype or str(other.dtype)
        members[FACTS] = json.dumps(told).encode()

    return changed


def moved(place: str, to: str) -> Change:
    """One array less of a group, or one more."""

    def changed(members: Members) -> None:
        told = json.loads(members[FACTS])
        listed = told["arrays"]
        members[f"{to}/{len(listed[to])}.npy"] = members[f"{place}/{len(listed[place]) - 1}.npy"]
        listed[to].append(listed[place].pop())
        members[FACTS] = json.dumps(told).encode()

    return changed


def exchanged(group: str, one: str, other: str) -> Change:
    """Two arrays of one shape, with their names."""

    def changed(members: Members) -> None:
        told = json.loads(members[FACTS])
        listed = told["arrays"][group]
        first, second = number_of(told, group, one), number_of(told, group, other)
        listed[first], listed[second] = listed[second], listed[first]
        names = f"{group}/{first}.npy", f"{group}/{second}.npy"
        members[names[0]], members[names[1]] = members[names[1]], members[names[0]]
        members[FACTS] = json.dumps(told).encode()

    return changed


def another_optimizer(told: Any) -> None:
    for each in told["arrays"]["optimizer"]:
        each["name"] = each["name"].replace("momentum", "first").replace("velocity", "second")


def header_of(shape: str) -> bytes:
    text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({shape}\n".encode()
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


def dropped(name: str) -> Change:
    return lambda members: members.pop(name) and None


DAMAGES: dict[str, Change] = {
    "no facts": dropped(FACTS),
    "facts that are no JSON": lambda members: members.update({FACTS: b"{"}),
    "facts that are a list": lambda members: members.update({FACTS: b"[]"}),
    "another format": put("format", 2),
    "no position": without("position"),
    "an epoch below 0": put("position.epoch", -1),
    "an epoch that is not a whole number": put("position.epoch", 1.5),
    "NaN for the epoch": put("position.epoch", float("nan")),
    "an epoch of 400 digits": put("position.epoch", 10**400),
    "an epoch that is not over": put("position.epoch", 4),
    "an epoch too few": put("position.epoch", 1),
    "a step without sums of metrics": put("position", {"epoch": 2, "step": 2}),
    "a step beyond the epoch": put("position", {"epoch": 2, "step": 6}),
    "a step below 0": put("position.step", -1),
    "over without a reason": put("is_over", True),
    "over in a word": put("is_over", "yes"),
    "seconds below 0": put("seconds", -5.0),
    "NaN seconds": put("seconds", float("nan")),
    "more seconds than can be added up": put("seconds", 1e308),
    "an epoch of more seconds than that": put("history.1.4", 1e308),
    "more seconds than that noted by a callback": put("callbacks.EpochLog.seconds", 1e308),
    "no history": put("history", []),
    "an epoch twice": facts(lambda told: told["history"].append(told["history"][1])),
    "epochs in another order": facts(lambda told: told["history"].reverse()),
    "a row too short": facts(lambda told: told["history"][1].pop()),
    "an epoch without a metric": without("history.1.2.mae"),
    "an epoch with a metric more": put("history.0.2.auc", 0.5),
    "a metric that is text": put("history.0.2.loss", "0.5"),
    "a learning rate that is text": put("history.0.3", "x"),
    "no callbacks": put("callbacks", {}),
    "a callback fewer": without("callbacks.EarlyStop"),
    "a callback without a value": without("callbacks.EarlyStop.waited"),
    "waited one and a half epochs": put("callbacks.EarlyStop.waited", 1.5),
    "NaN where epochs are counted": put("callbacks.EarlyStop.waited", float("nan")),
    "waited fewer than no epochs": put("callbacks.ReduceOnPlateau.waited", -2),
    "waited longer than it trained": put("callbacks.EarlyStop.waited", 4),
    "cooling for longer than it may": put("callbacks.ReduceOnPlateau.cooling", 9),
    "a best value in words": put("callbacks.ReduceOnPlateau.best", "inf"),
    "a best epoch that is to come": put("callbacks.BestEpoch.epoch", 3),
    "a best epoch that was not the best": put("callbacks.BestEpoch.epoch", 1),
    "a best value that no epoch had": put("callbacks.BestEpoch.best", 0.001),
    "no weights": without("arrays.model"),
    "no optimizer": without("arrays.optimizer"),
    "no random state": without("arrays.draws"),
    "a group that nobody knows": put("arrays.more", []),
    "an array that is not there": dropped("model/0.npy"),
    "a weight fewer": moved("model", "draws"),
    "a weight more": moved("optimizer", "model"),
    "an optimizer's array fewer": moved("optimizer", "draws"),
    "weights of another shape": array("model", "kernel", lambda values: values.T),
    "a weight flattened": array("model", "y/kernel", np.ravel),
    "weights in float64": array("model", "kernel", lambda values: values.astype("float64")),
    "weights that are objects": array("model", "kernel", lambda values: values.astype(object)),
    "weights that are text": array("model", "kernel", lambda values: values.astype("S8")),
    "another type than is stated": array("model", "kernel", lambda values: values, "float16"),
    "a type that is no type": array("model", "kernel", lambda values: values, "__class__"),
    "an array that is cut off": lambda members: members.update({"model/0.npy": members["model/0.npy"][:-3]}),
    "an array whose header is nested deeply": lambda members: members.update(
        {"model/0.npy": header_of("-" * 9_000 + "1,)}")}
    ),
    "an array whose header does not end": lambda members: members.update({"model/0.npy": header_of("1,\n")}),
    "weights that are NaN": array("model", "kernel", lambda values: values * np.nan),
    "moments that are infinite": array("optimizer", "momentum", lambda values: values + np.inf),
    "steps that are NaN": array("optimizer", "iteration", lambda values: np.float32(np.nan)),
    "steps below 0": array("optimizer", "iteration", lambda values: values * 0 - 1),
    "steps of another training": array("optimizer", "iteration", lambda values: values + 90),
    "a learning rate that is NaN": array("optimizer", "learning_rate", lambda values: values * np.nan),
    "moments that are exchanged": exchanged("optimizer", "h_kernel_momentum", "h_kernel_velocity"),
    "another kind of optimizer": facts(another_optimizer),
    "a random state of another size": array("model", "seed", lambda values: np.zeros(4, values.dtype)),
    "a random state of another type": array("model", "seed", lambda values: values.astype("float32")),
    "another spec": put("identity.spec", "sha256:0"),
    "other data": put("identity.data", {"slope.csv": "sha256:0"}),
    "no identity": without("identity"),
}  # fmt: skip


def test_the_sound_state_goes_on(run: Path) -> None:
    rewrite(run / "checkpoints/last/state.npz", lambda members: None)
    ended = nettool("train", "--resume", str(run), "--epochs", "3", "--quiet")
    assert ended.code == 0, ended.err
    assert len((run / "metrics.csv").read_text(encoding="utf-8").splitlines()) == 4


def with_former_names(told: Any) -> None:
    told["callbacks"]["FallingRate"] = told["callbacks"].pop("ReduceOnPlateau")


def test_a_state_with_the_former_name_of_a_callback_resumes_to_the_same(run: Path) -> None:
    former = run.with_name(run.name + "-2")
    shutil.copytree(run, former)
    rewrite(former / "checkpoints/last/state.npz", facts(with_former_names))
    outcomes = []
    for path in (run, former):
        ended = nettool("train", "--resume", str(path), "--epochs", "4", "--quiet")
        assert ended.code == 0, ended.err
        state, _ = read_state(path / "checkpoints/last/state.npz")
        weights = [values.tobytes() for _, values in state.arrays["model"]]
        outcomes.append(((path / "metrics.csv").read_text(), weights, state.callbacks["ReduceOnPlateau"]))
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_state_of_wrong_facts_is_refused(kind: str, run: Path) -> None:
    state = run / "checkpoints/last/state.npz"
    rewrite(state, DAMAGES[kind])
    kept = [*run.rglob("*.npz"), *run.rglob("*.keras"), run / "metrics.csv", run / "status.json"]
    before = {path: path.read_bytes() for path in kept}
    ended = nettool("train", "--resume", str(run), "--epochs", "3", "--quiet")
    assert ended.code == 1, (ended.out, ended.err)
    assert re.match(REFUSALS, ended.err), ended.err
    assert {path: path.read_bytes() for path in kept} == before


def test_a_best_state_of_another_epoch_is_not_taken_for_the_best_one(run: Path) -> None:
    facts_of_best = facts(
        lambda told: told.update(position={"epoch": 1, "step": 0}, history=told["history"][:1])
    )
    rewrite(run / "checkpoints/best/state.npz", facts_of_best)
    state = run / "checkpoints/last/state.npz"
    ended = nettool("train", "--resume", str(run), "--epochs", "2")
    assert ended.code == 0, ended.err
    assert (
        "the network has the weights of its last epoch: those of its best, 2, are lost"
        in ended.out + ended.err
    )
    assert state.is_file()
