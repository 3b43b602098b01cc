"""Images that other processes decode: the same pixels, and nothing is lost when such a process is."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from small_images import picture, write

from nettool.data.failure import DataError
from nettool.data.images import decoding, image_files, kept_images
from nettool.data.images.decode_images import ImageFormat, decode_images
from nettool.data.images.decoder import Decoder
from nettool.data.images.decoders import Decoders
from nettool.data.images.image_files import ImageFiles

FORM = ImageFormat((8, 9, 3), is_resized=True)
PATIENCE = 30.0


def paths_of(folder: Path, count: int) -> list[str]:
    return [str(write(folder / f"{number}.jpg", picture(number, 20, 30))) for number in range(count)]


def decoded(paths: list[str], form: ImageFormat = FORM) -> np.ndarray:
    images = np.empty((len(paths), *form.shape), np.uint8)
    decode_images(paths, form, images, np.arange(len(paths)))
    return images


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.01)


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    made = Decoder()
    yield made
    made.end()


@pytest.fixture
def always_processes(monkeypatch: pytest.MonkeyPatch) -> list[Decoders]:
    """Few images are worth processes as well; the processes that were started."""
    made: list[Decoders] = []

    def noted(count: int) -> Decoders:
        made.append(Decoders(count))
        return made[-1]

    monkeypatch.setattr(decoding, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(image_files, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(decoding, "_IMAGES_A_BATCH", 1)
    monkeypatch.setattr(decoding, "processors", lambda: 2)
    monkeypatch.setattr(decoding, "Decoders", noted)
    return made


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that are decoded in this process."""
    found: list[str] = []

    def noting(paths: list[str], *options: object) -> None:
        found.extend(paths)
        decode_images(paths, *options)  # type: ignore[arg-type]

    monkeypatch.setattr(decoding, "decode_images", noting)
    return found


def test_a_process_gives_the_pixels_that_this_one_would(tmp_path: Path, decoder: Decoder) -> None:
    paths = paths_of(tmp_path, 70)
    for form in (FORM, ImageFormat((20, 30, 3), is_resized=False), ImageFormat((5, 5, 1), is_resized=True)):
        np.testing.assert_array_equal(decoder.decode(paths, form), decoded(paths, form))
    assert decoder.decode([], FORM).shape == (0, 8, 9, 3)


def test_pixels_that_fill_a_pipe_many_times_arrive_whole(tmp_path: Path, decoder: Decoder) -> None:
    form = ImageFormat((900, 800, 3), is_resized=True)
    paths = paths_of(tmp_path, 4)
    np.testing.assert_array_equal(decoder.decode(paths, form), decoded(paths, form))


def test_names_of_any_characters_reach_it(tmp_path: Path, decoder: Decoder) -> None:
    names = ["a b.jpg", "日本.jpg", "line\nbreak.jpg", os.fsdecode(b"not-utf8-\xff.jpg")]
    paths = [str(write(tmp_path / name, picture(3))) for name in names]
    np.testing.assert_array_equal(decoder.decode(paths, FORM), decoded(paths))


def test_it_says_of_a_file_that_it_cannot_be_decoded_and_goes_on(tmp_path: Path, decoder: Decoder) -> None:
    good = paths_of(tmp_path, 2)
    (tmp_path / "bad.jpg").write_text("text")
    assert decoder.decode([good[0], str(tmp_path / "bad.jpg"), good[1]], FORM) is None
    np.testing.assert_array_equal(decoder.decode(good, FORM), decoded(good))


def test_an_interrupt_is_not_for_it(tmp_path: Path, decoder: Decoder) -> None:
    paths = paths_of(tmp_path, 3)
    decoder._process.send_signal(signal.SIGINT)
    np.testing.assert_array_equal(decoder.decode(paths, FORM), decoded(paths))


def test_a_file_of_the_user_s_named_like_a_module_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text(f"open({str(tmp_path / 'was_run')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    Decoder().end()
    assert not (tmp_path / "was_run").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="processes are told apart by what Linux and macOS say")
def test_it_ends_when_the_process_that_asks_is_killed(tmp_path: Path) -> None:
    code = (
        "from nettool.data.images.decoder import Decoder; import time; "
        "print(Decoder()._process.pid, flush=True); time.sleep(60)"
    )
    asking = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert asking.stdout is not None
    child = int(asking.stdout.readline())
    asking.kill()
    asking.communicate()

    def has_ended() -> bool:
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{child}/stat")  # where nobody collects orphans they stay behind, dead
        return state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z"

    until(has_ended)


def ready(decoders: Decoders) -> None:
    until(lambda: len(decoders._state._running) == 2)


@pytest.mark.parametrize("count", [3, 90, 300])
def test_many_images_are_decoded_by_processes(
    tmp_path: Path, always_processes: list[Decoders], here: list[str], count: int
) -> None:
    paths = paths_of(tmp_path, count)
    files = ImageFiles(paths, (20, 30, 3)).resized(8, 9)
    files.read(np.arange(1))
    ready(always_processes[0])
    here.clear()
    np.testing.assert_array_equal(files.read(np.arange(count)), decoded(paths))
    assert here == []
    assert len(always_processes) == 1


def test_few_images_are_decoded_here(tmp_path: Path, here: list[str]) -> None:
    files = ImageFiles(paths_of(tmp_path, 300), (20, 30, 3)).resized(8, 9)
    files.prepare(None)
    files.read(np.arange(300))
    assert sorted(here) == sorted(files.paths)
    assert files._decoding._decoders is None


@pytest.mark.parametrize("fits", [True, False], ids=["kept", "not kept"])
def test_a_process_that_is_killed_loses_nothing(
    tmp_path: Path, always_processes: list[Decoders], monkeypatch: pytest.MonkeyPatch, fits: bool
) -> None:
    if not fits:
        monkeypatch.setattr(kept_images, "available_memory", lambda: 1)
    paths = paths_of(tmp_path, 64)
    files = ImageFiles(paths, (20, 30, 3)).resized(8, 9)
    files.read(np.arange(1))
    state = always_processes[0]._state
    ready(always_processes[0])
    for decoder in list(state._running):
        decoder.kill()
    for _ in range(2):
        np.testing.assert_array_equal(files.read(np.arange(64)), decoded(paths))
    assert not state._running


def test_a_process_that_cannot_be_started_is_done_without(
    tmp_path: Path, always_processes: list[Decoders], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no python"))
    paths = paths_of(tmp_path, 64)
    files = ImageFiles(paths, (20, 30, 3)).resized(8, 9)
    files.prepare(None)
    np.testing.assert_array_equal(files.read(np.arange(64)), decoded(paths))


def test_what_a_process_cannot_decode_is_told_as_if_it_had_been_decoded_here(
    tmp_path: Path, always_processes: list[Decoders]
) -> None:
    paths = [*paths_of(tmp_path, 20), str(tmp_path / "gone.jpg")]
    files = ImageFiles(paths, (20, 30, 3)).resized(8, 9)
    files.read(np.arange(1))
    ready(always_processes[0])
    for _ in range(2):
        with pytest.raises(DataError, match=r"`.*gone\.jpg` cannot be read: No such file or directory"):
            files.read(np.arange(21))
    np.testing.assert_array_equal(files.read(np.arange(20)), decoded(paths[:20]))


def test_what_will_be_asked_for_is_decoded_before_it_is(
    tmp_path: Path, always_processes: list[Decoders], here: list[str]
) -> None:
    paths = paths_of(tmp_path, 60)
    files = ImageFiles(paths, (20, 30, 3)).resized(8, 9)
    assert files._kept is not None
    files.prepare(np.arange(0, 60, 2))
    until(lambda: files._kept.missing(np.arange(60)).tolist() == list(range(1, 60, 2)))
    files.prepare(None)
    until(lambda: files._kept.is_full)
    np.testing.assert_array_equal(files.read(np.arange(60)), decoded(paths))
    assert here == []
    until(lambda: not always_processes[0]._state._running)  # they have nothing to do any more
    files.prepare(None)
    assert len(always_processes) == 1


def test_what_is_urgent_goes_first(tmp_path: Path) -> None:
    decoders = Decoders(1)
    paths = paths_of(tmp_path, 1)
    order: list[str] = []

    def ask(name: str, *, is_urgent: bool) -> None:
        assert decoders.decode(paths, FORM, is_urgent=is_urgent) is not None
        order.append(name)

    ask("ready", is_urgent=False)
    only = decoders._state.borrow()
    assert only is not None
    threads = [
        threading.Thread(target=ask, args=(name,), kwargs={"is_urgent": name == "urgent"})
        for name in ("idle", "urgent")
    ]
    for thread in threads:
        thread.start()
        time.sleep(0.05)
    until(lambda: decoders._state._urgent == 1)
    decoders._state.give_back(only)
    for thread in threads:
        thread.join(PATIENCE)
    decoders.end()
    assert order == ["ready", "urgent", "idle"]


def test_whoever_waits_for_a_process_is_told_when_all_are_ended(tmp_path: Path) -> None:
    decoders = Decoders(1)
    paths = paths_of(tmp_path, 1)
    assert decoders.decode(paths, FORM, is_urgent=False) is not None
    borrowed = decoders._state.borrow()
    assert borrowed is not None
    found: list[object] = []
    threads = [
        threading.Thread(
            target=lambda urgent=urgent: found.append(decoders.decode(paths, FORM, is_urgent=urgent))
        )
        for urgent in (True, False)
    ]
    for thread in threads:
        thread.start()
    decoders.end()
    for thread in threads:
        thread.join(PATIENCE)
    assert found == [None, None]
    with pytest.raises(OSError, match=r"ended|pipe"):
        borrowed.decode(paths, FORM)
    decoders._state.give_back(borrowed)
    assert decoders.decode(paths, FORM) is None
    borrowed.end()
