"""`nettool validate --fix`: what is shown, asked and written, and what is left as it was."""

import os
import sys
from pathlib import Path

import pytest
from command_line import Ended, run

from nettool.cli.spec import fix as fix_module

BROKEN = """\
# a small network
inputs: {image: [64]}
nodes:
  digit:
    layer: Dense
    unit: 10      # one for each digit
outputs: [digit]
"""
MENDED = BROKEN.replace("unit:", "units:")
DIFF = """\
--- net.yaml
+++ net.yaml (mended)
@@ -3,5 +3,5 @@
 nodes:
   digit:
     layer: Dense
-    unit: 10      # one for each digit
+    units: 10      # one for each digit
 outputs: [digit]
mends 1 error
"""


@pytest.fixture(autouse=True)
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "net.yaml"
    path.write_text(BROKEN)
    return path


def test_without_a_terminal_the_difference_is_shown_and_nothing_written(spec: Path) -> None:
    ended = run("validate", "--fix", "net.yaml")
    assert (ended.code, ended.out) == (2, DIFF)
    assert ended.err.startswith("error[NT212]: `Dense` has no option `unit`\n")
    assert ended.err.endswith("note: nothing was written into net.yaml: add --yes to write it\n")
    assert spec.read_text() == BROKEN


def test_yes_writes_and_the_exit_status_is_that_of_the_mended_spec(spec: Path) -> None:
    ended = run("validate", "--fix", "--yes", "net.yaml")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == DIFF + "net.yaml: written\nnet.yaml: sound, 1 node, 650 parameters\n"
    assert spec.read_text() == MENDED


@pytest.mark.parametrize(("answer", "code", "text"), [("y", 0, MENDED), ("n", 2, BROKEN), ("", 2, BROKEN)])
def test_on_a_terminal_the_user_is_asked(
    spec: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, text: str
) -> None:
    ended = asked(monkeypatch, answer)
    assert ended.code == code
    assert spec.read_text() == text


def asked(monkeypatch: pytest.MonkeyPatch, answer: str) -> Ended:
    """What is printed and written when that is answered on a terminal."""

    def confirm(question: str) -> bool:
        assert question == "Write this into net.yaml?"
        return answer == "y"

    monkeypatch.setattr(fix_module, "_is_on_terminal", lambda: True)
    monkeypatch.setattr(fix_module.click, "confirm", confirm)
    return run("validate", "--fix", "net.yaml")


def test_no_note_of_the_users_is_lost(spec: Path) -> None:
    spec.write_text(MENDED + "notes: try more units\nauthor: a student\n")
    ended = run("validate", "--fix", "--yes", "net.yaml")
    assert ended.code == 2
    assert "help: your own notes belong to `meta`: `meta: {notes: …}`" in ended.err
    assert "try more units" in spec.read_text() and "a student" in spec.read_text()


@pytest.mark.parametrize(
    ("lines", "mended"),
    [
        ("train: {num_epochs: 3, n_epochs: 5}", "train: {epochs: 3, n_epochs: 5}"),
        ("train: {epochs: 3, num_epochs: 5}", "train: {epochs: 3, num_epochs: 5}"),
        ("epochs: 3\nnum_epochs: 5", "num_epochs: 5\ntrain: {epochs: 3}"),
        ("epochs: 3\ntrain: {epochs: 5}", "epochs: 3\ntrain: {epochs: 5}"),
        ("train: {patience: 3, min_delta: 0.1}", "train: {early_stopping: {patience: 3, min_delta: 0.1}}"),
        (
            "train: {lr: 0.1, learning_rate: 0.01}",
            "train: {optimizer: {optimizer: Adam, learning_rate: 0.1}, learning_rate: 0.01}",
        ),
        ("train: {device: gpu, epoch: 3}", "train: {device: gpu, epochs: 3}"),
    ],
)
def test_no_value_is_lost_when_two_keys_mean_one(spec: Path, lines: str, mended: str) -> None:
    network = MENDED + "losses: {digit: mse}\n"
    spec.write_text(f"{network}{lines}\n")
    run("validate", "--fix", "--yes", "net.yaml")
    assert spec.read_text().removeprefix(network) == f"{mended}\n"


def test_line_ends_a_byte_order_mark_a_link_and_the_mode_stay(spec: Path) -> None:
    content = b"\xef\xbb\xbf" + BROKEN.replace("\n", "\r\n").replace("small", "größer").encode()
    spec.write_bytes(content)
    spec.chmod(0o640)
    Path("link.yaml").symlink_to("net.yaml")
    assert run("validate", "--fix", "--yes", "link.yaml").code == 0
    assert Path("link.yaml").is_symlink()
    assert spec.read_bytes() == content.replace(b"unit:", b"units:")
    if sys.platform != "win32":
        assert spec.stat().st_mode & 0o777 == 0o640


def test_what_is_left_is_said_after_the_writing(spec: Path) -> None:
    spec.write_text(MENDED.replace("Dense", "Dens").replace("10 ", "ten"))
    ended = run("validate", "--fix", "--yes", "net.yaml")
    assert ended.code == 2
    assert "-    layer: Dens\n+    layer: Dense\n" not in ended.out, "an error of another kind came to light"
    spec.write_text(MENDED + "epochs: 3\nloses: {digit: mse}\nviews: 3\n")
    ended = run("validate", "--fix", "--yes", "net.yaml")
    assert ended.code == 2
    assert ended.out.endswith("mends 2 errors, 1 would be left\nnet.yaml: written\n")
    assert ended.err.startswith("error[NT205]: `views` must be")
    assert spec.read_text() == MENDED + "losses: {digit: mse}\nviews: 3\ntrain: {epochs: 3}\n"


def test_warnings_are_mended_when_they_count_as_errors(spec: Path) -> None:
    text = MENDED.replace("layer: Dense", "layer: Dense\n    activation: sigmoid")
    spec.write_text(text + "losses: {digit: categorical_crossentropy}\n")
    assert run("validate", "--fix", "--yes", "net.yaml").out == "net.yaml: sound, 1 node, 650 parameters\n"
    assert run("validate", "--fix", "--yes", "--strict", "net.yaml").code == 0
    assert "activation: softmax" in spec.read_text()


def test_a_sound_spec_and_one_that_nothing_helps_stay(spec: Path) -> None:
    spec.write_text(MENDED)
    ended = run("validate", "--fix", "net.yaml")
    assert (ended.code, ended.out, ended.err) == (0, "net.yaml: sound, 1 node, 650 parameters\n", "")
    spec.write_text(MENDED.replace("    units: 10      # one for each digit\n", ""))
    ended = run("validate", "--fix", "--yes", "net.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.endswith(
        "note: nothing to write into net.yaml: no help text shows a whole line that would mend it\n"
    )


def test_a_file_that_has_changed_meanwhile_is_left_alone(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def saved_by_another(path: Path) -> bool:
        spec.write_text(BROKEN + "# more\n")
        return True

    monkeypatch.setattr(fix_module, "_agrees", saved_by_another)
    ended = run("validate", "--fix", "net.yaml")
    assert ended.code == 1
    assert "net.yaml has changed meanwhile: nothing was written; run it again" in ended.err
    assert spec.read_text() == BROKEN + "# more\n"


def test_a_read_only_file_is_left_alone(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    ended = run("validate", "--fix", "--yes", "net.yaml")
    assert (ended.code, spec.read_text()) == (1, BROKEN)
    assert ended.err == "error: cannot use `net.yaml`: it is read-only\n"


@pytest.mark.parametrize("place", ["-", "/dev/stdin", "."])
def test_only_a_file_can_be_mended(place: str) -> None:
    ended = run("validate", "--fix", place)
    assert ended.code == 2
    assert f"--fix writes into a file, and `{place}` is none" in ended.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--yes",), "--yes goes with --fix"),
        (("--fix", "--watch"), "--fix does not go with --watch"),
        (("--fix", "--format", "json"), "--fix does not go with --format json"),
    ],
)
def test_options_that_do_not_go_together(options: tuple[str, ...], words: str) -> None:
    ended = run("validate", "net.yaml", *options)
    assert ended.code == 2
    assert words in ended.err


def test_each_file_is_mended_by_itself(spec: Path) -> None:
    Path("other.yaml").write_text(BROKEN.replace("unit:", "unitz:"))
    ended = run("validate", "--fix", "--yes", "nowhere.yaml", "net.yaml", "other.yaml")
    assert ended.code == 2
    assert "there is no such file" in ended.err
    assert Path("other.yaml").read_text() == spec.read_text() == MENDED


def test_what_an_override_says_is_not_written(spec: Path) -> None:
    spec.write_text(MENDED)
    ended = run("validate", "--fix", "--yes", "net.yaml", "--set", "train.epoch=3")
    assert ended.code == 2
    assert spec.read_text() == MENDED


def test_validate_says_that_it_can_be_mended() -> None:
    ended = run("validate", "net.yaml")
    assert ended.err.endswith("`nettool validate --fix net.yaml` offers to write what the help says\n")


def test_a_mistake_on_the_command_line_is_no_line_of_a_file() -> None:
    Path("sound.yaml").write_text(MENDED)
    err = run("validate", "sound.yaml", "--set", "nodes.digit.unit=8").err
    assert "did you mean `units`?" in err
    assert "--fix" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_on_a_real_terminal_the_difference_has_colours(spec: Path) -> None:
    import pty

    process, terminal = pty.fork()
    if process == 0:
        os.execv(sys.executable, [sys.executable, "-m", "nettool", "validate", "--fix", "net.yaml"])
    shown = b""
    while b"[y/N]" not in shown:
        shown += os.read(terminal, 4096)
    os.write(terminal, b"y\n")
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    os.close(terminal)
    assert b"\x1b[32m+    units: 10      # one for each digit\x1b[0m" in shown
    assert spec.read_text() == MENDED
